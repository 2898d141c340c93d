package dev.warpgrid.agent.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A one-time token: who may join, and which CA the server must have.
 *
 * @param text the whole token, as the server gave it out
 * @param caFingerprint SHA-256 of the CA certificate's DER form, 64 lower-case hexadecimal digits
 */
public record JoinToken(String text, String caFingerprint) {
    private static final Pattern FORM = Pattern.compile("warpjoin_[^_\\s]+_[^_\\s]+_([0-9a-f]{64})");

    /** @throws IllegalArgumentException with the remedy, if the text is no join token */
    public static JoinToken parse(String text) {
        String stripped = text.strip();
        Matcher match = FORM.matcher(stripped);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "The join token is not whole: copy all of it, from warpjoin_ to its last digit.");
        }
        return new JoinToken(stripped, match.group(1));
    }

    /** Tokens are secrets. */
    @Override
    public String toString() {
        return "JoinToken[" + caFingerprint + "]";
    }
}
