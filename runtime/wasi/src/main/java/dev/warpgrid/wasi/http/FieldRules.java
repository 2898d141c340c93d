package dev.warpgrid.wasi.http;

import java.util.Set;

/** Which header fields a guest may set and see (RFC 9110 section 5, and the fields of the connection). */
final class FieldRules {
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "upgrade");
    /** The one field that may stand in a message once only. */
    static final String CONTENT_LENGTH = "content-length";

    private static final int MOST_LENGTH_DIGITS = 18;
    private static final boolean[] TOKEN = new boolean[128];

    static {
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                .chars()
                .forEach(letter -> TOKEN[letter] = true);
    }

    private FieldRules() {}

    /** Whether the fields of this lower-case name are the server's own business. */
    static boolean forbidden(String lowerCaseName) {
        return OF_THE_CONNECTION.contains(lowerCaseName);
    }

    static boolean validName(String name) {
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            if (letter >= TOKEN.length || !TOKEN[letter]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /**
     * Whether the value is well-formed. A wrong content-length would leave the server and the client with different
     * ideas of where the message ends.
     */
    static boolean validValue(String lowerCaseName, byte[] value) {
        return lowerCaseName.equals(CONTENT_LENGTH) ? validLength(value) : validValue(value);
    }

    private static boolean validLength(byte[] value) {
        for (byte each : value) {
            if (each < '0' || each > '9') {
                return false;
            }
        }
        return value.length > 0 && value.length <= MOST_LENGTH_DIGITS;
    }

    /** No control characters but the tab, so that no value can begin a second field. */
    private static boolean validValue(byte[] value) {
        for (byte each : value) {
            if ((each >= 0 && each < ' ' && each != '\t') || each == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** What a guest sees of the fields that came. */
    static HttpFields visible(HttpFields came) {
        for (int index = 0; index < came.size(); index++) {
            if (forbidden(came.name(index))) {
                return withoutForbidden(came);
            }
        }
        return came;
    }

    private static HttpFields withoutForbidden(HttpFields came) {
        HttpFields visible = new HttpFields();
        for (int index = 0; index < came.size(); index++) {
            if (!forbidden(came.name(index))) {
                visible.add(came.name(index), came.valueBytes(index));
            }
        }
        return visible;
    }
}
