package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.engine.CoreValueType;
import org.graalvm.polyglot.Value;

/** Core values between raw bits, which the SPI speaks, and numbers, which polyglot does. */
final class RawBits {
    private RawBits() {}

    static Object box(long bits, CoreValueType type) {
        return switch (type) {
            case I32 -> (int) bits;
            case I64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }

    static long of(Value value, CoreValueType type) {
        return switch (type) {
            case I32 -> value.asInt() & 0xffff_ffffL;
            case I64 -> value.asLong();
            case F32 -> Float.floatToRawIntBits(value.asFloat()) & 0xffff_ffffL;
            case F64 -> Double.doubleToRawLongBits(value.asDouble());
        };
    }
}
