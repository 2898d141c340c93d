package dev.warpgrid.component.abi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Strings in the three encodings (CanonicalABI.md, "Loading" and "Storing" of strings). */
final class Strings {
    private static final int UTF16_TAG = 1 << 31;
    private static final int STRING_BYTES = 40;

    private Strings() {}

    static String load(CallContext context, int pointer, int units) {
        return switch (context.encoding()) {
            case UTF8 -> utf8(read(context, pointer, units, 1));
            case UTF16 -> utf16(read(context, pointer, doubled(units), 2));
            case LATIN1_UTF16 ->
                (units & UTF16_TAG) != 0
                        ? utf16(read(context, pointer, doubled(units ^ UTF16_TAG), 2))
                        : new String(read(context, pointer, units, 2), StandardCharsets.ISO_8859_1);
        };
    }

    private static int doubled(int units) {
        return units < 0 || units > PointerCodec.MAX_BYTES / 2 ? -1 : units * 2;
    }

    private static byte[] read(CallContext context, int pointer, int bytes, int alignment) {
        if (bytes < 0 || bytes > PointerCodec.MAX_BYTES) {
            throw Traps.abi("The guest gave a string that is longer than " + PointerCodec.MAX_BYTES + " bytes.");
        }
        context.charge(STRING_BYTES + 2L * bytes);
        context.requireInside(pointer, bytes);
        return context.read(pointer, bytes, alignment);
    }

    private static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The lenient decoder is much the faster; what it mends it marks, so a mark is looked at again.
        return text.indexOf('\uFFFD') < 0 ? text : strict(bytes, StandardCharsets.UTF_8);
    }

    private static String utf16(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_16LE);
        return text.indexOf('\uFFFD') < 0 ? text : strict(bytes, StandardCharsets.UTF_16LE);
    }

    private static String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Traps.abi("The guest gave a string that is not " + charset.name() + ".");
        }
    }

    static long store(CallContext context, String text) {
        return switch (context.encoding()) {
            case UTF8 -> put(context, text.getBytes(StandardCharsets.UTF_8), 1, 1, 0);
            case UTF16 -> put(context, text.getBytes(StandardCharsets.UTF_16LE), 2, 2, 0);
            case LATIN1_UTF16 ->
                latin1(text)
                        ? put(context, text.getBytes(StandardCharsets.ISO_8859_1), 2, 1, 0)
                        : put(context, text.getBytes(StandardCharsets.UTF_16LE), 2, 2, UTF16_TAG);
        };
    }

    private static boolean latin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    private static long put(CallContext context, byte[] bytes, int alignment, int unitBytes, int tag) {
        if (bytes.length > PointerCodec.MAX_BYTES) {
            throw Traps.abi("A string for the guest is longer than " + PointerCodec.MAX_BYTES + " bytes.");
        }
        int pointer = context.allocate(alignment, bytes.length);
        context.write(pointer, bytes);
        return PointerCodec.range(pointer, bytes.length / unitBytes | tag);
    }
}
