package dev.warpgrid.component;

import org.jspecify.annotations.Nullable;

/** A guest's call ended without a result. The instance is poisoned: every later call traps with {@code POISONED}. */
public class TrapException extends ComponentException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public TrapException(Kind kind, String message) {
        this(kind, message, null);
    }

    public TrapException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Why the call ended. */
    public enum Kind {
        /** The guest ran an {@code unreachable} instruction: its own panic or abort. */
        UNREACHABLE,
        /** A load, store or bulk operation outside its memory or table. */
        MEMORY_OUT_OF_BOUNDS,
        INTEGER_DIVIDE_BY_ZERO,
        /** A division or float conversion whose result does not fit. */
        INTEGER_OVERFLOW,
        /** An indirect call to an element that is empty or has another signature. */
        INDIRECT_CALL,
        STACK_OVERFLOW,
        /** Ended from outside by {@link ComponentInstance#interrupt}. */
        INTERRUPTED,
        /** A host function threw; the cause says what. */
        HOST_FAILURE,
        /** The guest broke the Canonical ABI: a bad pointer, handle, string, discriminant or call order. */
        ABI,
        /** The instance trapped before. */
        POISONED,
        /** A limit of {@link InstanceLimits} was reached during the call. */
        LIMIT,
        OTHER
    }
}
