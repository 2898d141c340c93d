package dev.warpgrid.component.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Assembles binaries by hand: numbers are bytes, strings are names, arrays are parts made before. */
public final class WasmBytes {
    private WasmBytes() {}

    /** Joins parts: an Integer is a byte, a String a length and UTF-8, a byte[] itself. */
    public static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> out.write(number);
                case String name -> {
                    byte[] text = name.getBytes(StandardCharsets.UTF_8);
                    out.writeBytes(unsigned(text.length));
                    out.writeBytes(text);
                }
                case byte[] made -> out.writeBytes(made);
                default -> throw new IllegalArgumentException("Not a part of a binary: " + part);
            }
        }
        return out.toByteArray();
    }

    /** An unsigned LEB128. */
    public static byte[] unsigned(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    public static byte[] section(int id, Object... parts) {
        byte[] body = bytes(parts);
        return bytes(id, unsigned(body.length), body);
    }

    public static byte[] module(byte[]... sections) {
        return bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, bytes((Object[]) sections));
    }

    public static byte[] component(byte[]... sections) {
        return bytes(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, bytes((Object[]) sections));
    }

    /** A function body of one parameterless function: its instructions, without locals. */
    public static byte[] body(Object... instructions) {
        byte[] code = bytes(0, bytes(instructions), 0x0b);
        return bytes(unsigned(code.length), code);
    }
}
