package dev.warpgrid.server.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The smallest component with given names: it imports an empty instance under one and exports it under the other, and holds
 * one core module with one memory. Bytes as the Component Model's Binary.md lays them out.
 */
public final class TestComponent {
    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

    private TestComponent() {}

    /** @param memoryPages of 64 KiB, below 128 */
    public static byte[] with(String imported, String exported, int memoryPages) {
        byte[] module = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, (byte) memoryPages};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREAMBLE);
        section(out, 1, module);
        // One core instance: module 0 without arguments.
        section(out, 2, new byte[] {1, 0, 0, 0});
        // One type: an instance without declarations.
        section(out, 7, new byte[] {1, 0x42, 0});
        section(out, 10, concat(new byte[] {1}, name(imported), new byte[] {5, 0}));
        section(out, 11, concat(new byte[] {1}, name(exported), new byte[] {5, 0, 0}));
        return out.toByteArray();
    }

    /** What a {@code wasi:http} service looks like from outside. */
    public static byte[] httpService() {
        return with("wasi:http/types@0.2.4", "wasi:http/incoming-handler@0.2.4", 2);
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        if (content.length > 127) {
            throw new IllegalArgumentException("A section of this test fits one byte of length.");
        }
        out.write(id);
        out.write(content.length);
        out.writeBytes(content);
    }

    private static byte[] name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return concat(new byte[] {0, (byte) utf8.length}, utf8);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
