package dev.warpgrid.component.abi;

import java.util.Random;

/** Strings in {@link SpecModel}: each encoding by its definition in Unicode, without the JDK's decoders. */
final class SpecStrings {
    private SpecStrings() {}

    static String load(SpecModel model, long pointer, long taggedUnits) {
        return switch (model.encoding) {
            case UTF8 -> utf8(model, pointer, checked(model, pointer, taggedUnits, 1));
            case UTF16 -> utf16(model, pointer, checked(model, pointer, 2 * taggedUnits, 2));
            case LATIN1_UTF16 ->
                (taggedUnits & SpecModel.encodedTag()) != 0
                        ? utf16(model, pointer, checked(model, pointer, 2 * (taggedUnits ^ SpecModel.encodedTag()), 2))
                        : latin1(model, pointer, checked(model, pointer, taggedUnits, 2));
        };
    }

    private static int checked(SpecModel model, long pointer, long bytes, int alignment) {
        SpecModel.trap(bytes > SpecModel.maxBytes());
        SpecModel.trap(pointer % alignment != 0);
        SpecModel.trap(pointer + bytes > model.memory.length);
        return (int) bytes;
    }

    private static String latin1(SpecModel model, long pointer, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            text.append((char) (model.memory[(int) pointer + i] & 0xff));
        }
        return text.toString();
    }

    private static String utf16(SpecModel model, long pointer, int bytes) {
        StringBuilder text = new StringBuilder();
        int pendingHigh = -1;
        for (int i = 0; i < bytes; i += 2) {
            int at = (int) pointer + i;
            int unit = (model.memory[at] & 0xff) | ((model.memory[at + 1] & 0xff) << 8);
            boolean low = unit >= 0xdc00 && unit <= 0xdfff;
            SpecModel.trap(low != (pendingHigh >= 0));
            pendingHigh = unit >= 0xd800 && unit <= 0xdbff ? unit : -1;
            text.append((char) unit);
        }
        SpecModel.trap(pendingHigh >= 0);
        return text.toString();
    }

    /** Table 3-7 of the Unicode standard, "Well-Formed UTF-8 Byte Sequences". */
    private static String utf8(SpecModel model, long pointer, int bytes) {
        StringBuilder text = new StringBuilder();
        int at = (int) pointer;
        int end = at + bytes;
        while (at < end) {
            int first = model.memory[at++] & 0xff;
            int more =
                    first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
            SpecModel.trap(more < 0 || at + more > end);
            int point = more == 0 ? first : first & (0x3f >> more);
            for (int i = 0; i < more; i++) {
                int next = model.memory[at++] & 0xff;
                int lowest = i > 0 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
                int highest = i > 0 ? 0xbf : first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
                SpecModel.trap(next < lowest || next > highest);
                point = (point << 6) | (next & 0x3f);
            }
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    /** Puts a string into the guest's memory; where two forms are allowed, one by chance. */
    static long[] store(SpecModel model, String text, Random random) {
        return switch (model.encoding) {
            case UTF8 -> {
                byte[] encoded = encodeUtf8(text);
                yield new long[] {put(model, encoded, 1), encoded.length};
            }
            case UTF16 -> new long[] {put(model, encodeUtf16(text), 2), text.length()};
            case LATIN1_UTF16 -> {
                boolean narrow = text.chars().allMatch(unit -> unit < 256) && random.nextInt(4) > 0;
                if (!narrow) {
                    yield new long[] {put(model, encodeUtf16(text), 2), text.length() | SpecModel.encodedTag()};
                }
                byte[] encoded = new byte[text.length()];
                for (int i = 0; i < encoded.length; i++) {
                    encoded[i] = (byte) text.charAt(i);
                }
                yield new long[] {put(model, encoded, 2), encoded.length};
            }
        };
    }

    private static int put(SpecModel model, byte[] encoded, int alignment) {
        int begin = model.allocate(alignment, encoded.length);
        System.arraycopy(encoded, 0, model.memory, begin, encoded.length);
        return begin;
    }

    private static byte[] encodeUtf16(String text) {
        byte[] encoded = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            encoded[2 * i] = (byte) text.charAt(i);
            encoded[2 * i + 1] = (byte) (text.charAt(i) >> 8);
        }
        return encoded;
    }

    private static byte[] encodeUtf8(String text) {
        int[] points = text.codePoints().toArray();
        java.io.ByteArrayOutputStream encoded = new java.io.ByteArrayOutputStream();
        for (int point : points) {
            if (point < 0x80) {
                encoded.write(point);
            } else if (point < 0x800) {
                encoded.write(0xc0 | (point >> 6));
                encoded.write(0x80 | (point & 0x3f));
            } else if (point < 0x10000) {
                encoded.write(0xe0 | (point >> 12));
                encoded.write(0x80 | ((point >> 6) & 0x3f));
                encoded.write(0x80 | (point & 0x3f));
            } else {
                encoded.write(0xf0 | (point >> 18));
                encoded.write(0x80 | ((point >> 12) & 0x3f));
                encoded.write(0x80 | ((point >> 6) & 0x3f));
                encoded.write(0x80 | (point & 0x3f));
            }
        }
        return encoded.toByteArray();
    }
}
