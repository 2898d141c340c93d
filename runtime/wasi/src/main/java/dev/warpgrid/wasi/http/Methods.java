package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import java.util.List;

/** {@code wasi:http/types.method}. */
final class Methods {
    private static final List<String> NAMES =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private Methods() {}

    static Variant toVariant(String method) {
        int index = NAMES.indexOf(method);
        return index < 0 ? Variant.of(NAMES.size(), method) : Variant.of(index);
    }

    /** As on the wire. */
    static String nameOf(Variant method) {
        return method.index() < NAMES.size() ? NAMES.get(method.index()) : (String) method.payload();
    }

    /** Whether a guest may name such a method: it has to be a token (RFC 9110 section 9.1). */
    static boolean valid(Variant method) {
        return method.index() < NAMES.size() || FieldRules.validName((String) method.payload());
    }
}
