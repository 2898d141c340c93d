package dev.warpgrid.server.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** PBKDF2 by the container, with the strength OWASP names for SHA-512. */
@Singleton
public class ContainerPasswordHash implements PasswordHash {
    /** Each takes a processor for a tenth of a second: a flood of logins must not take them all. */
    private static final int MAXIMUM_AT_ONCE = 2;

    private final Pbkdf2PasswordHash hash;
    private final Semaphore turns = new Semaphore(MAXIMUM_AT_ONCE, true);

    @Inject
    public ContainerPasswordHash(Pbkdf2PasswordHash hash) {
        this.hash = hash;
        hash.initialize(Map.of(
                "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
                "Pbkdf2PasswordHash.Iterations", "210000",
                "Pbkdf2PasswordHash.SaltSizeBytes", "16",
                "Pbkdf2PasswordHash.KeySizeBytes", "32"));
    }

    @Override
    public String generate(char[] password) {
        turns.acquireUninterruptibly();
        try {
            return hash.generate(password);
        } finally {
            turns.release();
        }
    }

    @Override
    public boolean verify(char[] password, String known) {
        turns.acquireUninterruptibly();
        try {
            return hash.verify(password, known);
        } finally {
            turns.release();
        }
    }
}
