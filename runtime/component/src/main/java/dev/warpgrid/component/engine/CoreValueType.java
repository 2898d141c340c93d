package dev.warpgrid.component.engine;

import java.util.Optional;

/** A number type of core WebAssembly. */
public enum CoreValueType {
    I32(0x7f),
    I64(0x7e),
    F32(0x7d),
    F64(0x7c);

    private final int code;

    CoreValueType(int code) {
        this.code = code;
    }

    /** Its byte in the binary format. */
    public int code() {
        return code;
    }

    /** The number type of a byte of the binary format; empty for vectors and references. */
    public static Optional<CoreValueType> of(int code) {
        return switch (code) {
            case 0x7f -> Optional.of(I32);
            case 0x7e -> Optional.of(I64);
            case 0x7d -> Optional.of(F32);
            case 0x7c -> Optional.of(F64);
            default -> Optional.empty();
        };
    }
}
