package dev.warpgrid.component;

import org.jspecify.annotations.Nullable;

/** Any failure of this library; each message is one sentence with its cause. */
public class ComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ComponentException(String message) {
        super(message);
    }

    public ComponentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    ComponentException(String message, @Nullable Throwable cause, boolean stackTrace) {
        super(message, cause, false, stackTrace);
    }
}
