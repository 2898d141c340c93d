package dev.warpgrid.component;

import org.jspecify.annotations.Nullable;

/**
 * A value of a variant, enum, option or result type: the index of the case in declaration order and its payload.
 * An option is none = 0, some = 1; a result is ok = 0, err = 1; a case without payload has a null value.
 */
public record Variant(int index, @Nullable Object value) {
    private static final int CACHED = 64;
    private static final Variant[] WITHOUT_PAYLOAD = new Variant[CACHED];

    static {
        for (int index = 0; index < CACHED; index++) {
            WITHOUT_PAYLOAD[index] = new Variant(index, null);
        }
    }

    public Variant {
        if (index < 0) {
            throw new IllegalArgumentException("The index of a variant case is negative: " + index);
        }
    }

    /** A case without payload; shared for small indexes. */
    public static Variant of(int index) {
        return index >= 0 && index < CACHED ? WITHOUT_PAYLOAD[index] : new Variant(index, null);
    }

    public static Variant of(int index, @Nullable Object value) {
        return value == null ? of(index) : new Variant(index, value);
    }

    public static Variant none() {
        return WITHOUT_PAYLOAD[0];
    }

    public static Variant some(Object value) {
        return new Variant(1, value);
    }

    public static Variant ok() {
        return WITHOUT_PAYLOAD[0];
    }

    public static Variant ok(@Nullable Object value) {
        return of(0, value);
    }

    public static Variant err() {
        return WITHOUT_PAYLOAD[1];
    }

    public static Variant err(@Nullable Object value) {
        return of(1, value);
    }

    public boolean isNone() {
        return index == 0;
    }

    public boolean isSome() {
        return index == 1;
    }

    public boolean isOk() {
        return index == 0;
    }

    public boolean isErr() {
        return index == 1;
    }

    /** The payload of a case that has one; a case without payload throws, since the caller misread the type. */
    public Object payload() {
        if (value == null) {
            throw new IllegalStateException("Case " + index + " of this variant carries no value.");
        }
        return value;
    }
}
