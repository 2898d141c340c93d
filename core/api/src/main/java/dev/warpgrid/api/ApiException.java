package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that could not be done; nothing has changed. The message is one sentence that says cause and remedy. */
public class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldError> errors;

    public ApiException(ErrorCode code, String message) {
        this(code, message, List.of(), null);
    }

    public ApiException(ErrorCode code, String message, Throwable cause) {
        this(code, message, List.of(), cause);
    }

    public ApiException(ErrorCode code, String message, List<FieldError> errors, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** One broken field. */
    public static ApiException invalid(String pointer, String message) {
        return new ApiException(ErrorCode.INVALID_REQUEST, message, List.of(new FieldError(pointer, message)), null);
    }

    /** Several broken fields; the message is that of the first. */
    public static ApiException invalid(List<FieldError> errors) {
        return new ApiException(ErrorCode.INVALID_REQUEST, errors.getFirst().message(), errors, null);
    }

    public static ApiException notFound(String what, String name) {
        return new ApiException(ErrorCode.NOT_FOUND, "There is no " + what + " \"" + name + "\".");
    }

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
