package dev.warpgrid.component.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The components that {@code src/test/guests/build.mjs} makes. */
public final class Guests {
    private Guests() {}

    public static byte[] bytes(String name) {
        try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
            if (in == null) {
                throw new IllegalArgumentException("No guest " + name + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
