package dev.warpgrid.server.identity;

/** One-way hashes of passwords, slow by intent. */
public interface PasswordHash {
    String generate(char[] password);

    boolean verify(char[] password, String hash);
}
