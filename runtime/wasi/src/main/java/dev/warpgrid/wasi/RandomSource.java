package dev.warpgrid.wasi;

import java.security.SecureRandom;

/** Unpredictable bytes for {@code wasi:random/random}; thread-safe. */
@FunctionalInterface
public interface RandomSource {
    void fill(byte[] bytes);

    /** The platform's cryptographically strong source. */
    static RandomSource secure() {
        return Shared.SECURE::nextBytes;
    }

    /** Holds the one generator of the process, made when the first guest needs it. */
    final class Shared {
        private static final SecureRandom SECURE = new SecureRandom();

        private Shared() {}
    }
}
