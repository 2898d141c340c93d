package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.wasi.WasiResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code wasi:io/error.error}: why an operation on a stream failed. */
public final class IoError extends WasiResource {
    private final String sentence;
    private final @Nullable Object detail;

    public IoError(String sentence) {
        this(sentence, null);
    }

    /**
     * An error that another interface can say more about.
     *
     * @param detail what that interface recognizes as its own, as an HTTP error code
     */
    public IoError(String sentence, @Nullable Object detail) {
        super(null);
        this.sentence = sentence;
        this.detail = detail;
    }

    public String sentence() {
        return sentence;
    }

    public Optional<Object> detail() {
        return Optional.ofNullable(detail);
    }

    @Override
    protected String wasiName() {
        return "error";
    }
}
