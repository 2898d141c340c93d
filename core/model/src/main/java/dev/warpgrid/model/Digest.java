package dev.warpgrid.model;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The content address of an artifact: {@code sha256:} and 64 lower-case hexadecimal digits. */
public record Digest(String value) implements Comparable<Digest> {
    private static final Pattern SHA_256 = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SHA_256.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is no digest: write sha256: and 64 lower-case hexadecimal digits.");
        }
    }

    /** @param sha256 32 bytes */
    public static Digest ofSha256(byte[] sha256) {
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256));
    }

    /** The digits alone, fit for a file name. */
    public String hex() {
        return value.substring("sha256:".length());
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
