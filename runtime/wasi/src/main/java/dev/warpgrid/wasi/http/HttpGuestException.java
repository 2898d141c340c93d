package dev.warpgrid.wasi.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A guest returned and left its client without a response; the instance can be used again. */
public final class HttpGuestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String errorCode;

    HttpGuestException(String message, @Nullable String errorCode) {
        super(message, null, false, false);
        this.errorCode = errorCode;
    }

    /** The case of {@code wasi:http/types.error-code} that the guest set, as {@code internal-error}. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }
}
