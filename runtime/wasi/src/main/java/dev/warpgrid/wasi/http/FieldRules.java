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

    /** No control characters but the tab, so that no value can begin a second field. */
    static boolean validValue(byte[] value) {
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
