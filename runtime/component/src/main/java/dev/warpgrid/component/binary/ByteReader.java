package dev.warpgrid.component.binary;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A bounds-checked cursor over a part of a binary. Every failure is a {@link MalformedComponentException}. */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private final ComponentLimits limits;
    private int position;

    ByteReader(byte[] bytes, int start, int end, ComponentLimits limits) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.limits = limits;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    byte[] bytes() {
        return bytes;
    }

    ComponentLimits limits() {
        return limits;
    }

    boolean atEnd() {
        return position >= end;
    }

    int remaining() {
        return end - position;
    }

    MalformedComponentException malformed(String message) {
        return new MalformedComponentException(message, position);
    }

    int peek() {
        if (position >= end) {
            throw malformed("The binary ends unexpectedly");
        }
        return bytes[position] & 0xff;
    }

    int u8() {
        int value = peek();
        position++;
        return value;
    }

    void skip(int count) {
        if (count < 0 || count > end - position) {
            throw malformed("A length of " + Integer.toUnsignedString(count) + " bytes reaches past the end");
        }
        position += count;
    }

    /** An unsigned 32-bit LEB128 as its bit pattern. */
    int u32() {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            if (shift == 28 && (next & 0xf0) != 0) {
                throw malformed("A number does not fit 32 bits");
            }
            result |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw malformed("A number does not fit 32 bits");
    }

    /** An unsigned 64-bit LEB128 as its bit pattern. */
    long u64() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            if (shift == 63 && (next & 0xfe) != 0) {
                throw malformed("A number does not fit 64 bits");
            }
            result |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw malformed("A number does not fit 64 bits");
    }

    /** Skips a signed LEB128 of at most 64 bits. */
    void skipSigned() {
        for (int count = 0; count < 10; count++) {
            if (u8() < 0x80) {
                return;
            }
        }
        throw malformed("A number does not fit 64 bits");
    }

    /** An index, which no space of a binary in memory can let reach 2^31. */
    int index() {
        int value = u32();
        if (value < 0) {
            throw malformed("The index " + Integer.toUnsignedString(value) + " is out of bounds");
        }
        return value;
    }

    /** The count of a vector: each element takes a byte at least, so it is bounded by what is left. */
    int count() {
        int value = u32();
        if (value < 0 || value > end - position) {
            throw malformed("A vector of " + Integer.toUnsignedString(value) + " elements reaches past the end");
        }
        return value;
    }

    /** The length of what follows, within what is left. */
    int length() {
        int value = u32();
        if (value < 0 || value > end - position) {
            throw malformed("A length of " + Integer.toUnsignedString(value) + " bytes reaches past the end");
        }
        return value;
    }

    /** A reader of the next bytes, which this one passes over. */
    ByteReader slice(int length) {
        ByteReader part = new ByteReader(bytes, position, position + length, limits);
        skip(length);
        return part;
    }

    String name() {
        int length = length();
        if (length > limits.nameBytes()) {
            throw malformed("A name of " + length + " bytes is longer than the limit of " + limits.nameBytes());
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
            position += length;
            return text;
        } catch (CharacterCodingException e) {
            throw malformed("A name is not UTF-8");
        }
    }

    void expect(int value, String what) {
        int at = position;
        int found = u8();
        if (found != value) {
            throw new MalformedComponentException(
                    "Expected " + what + " and found byte 0x" + Integer.toHexString(found), at);
        }
    }

    void expectEnd(String what) {
        if (position != end) {
            throw malformed("The " + what + " is shorter than its declared size");
        }
    }
}
