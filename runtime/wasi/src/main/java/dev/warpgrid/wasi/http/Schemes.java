package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import java.util.Locale;

/** {@code wasi:http/types.scheme}. */
final class Schemes {
    private static final int HTTP = 0;
    private static final int HTTPS = 1;
    private static final int OTHER = 2;

    private Schemes() {}

    static Variant toVariant(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Variant.of(HTTP);
            case "https" -> Variant.of(HTTPS);
            default -> Variant.of(OTHER, scheme);
        };
    }

    static String nameOf(Variant scheme) {
        return switch (scheme.index()) {
            case HTTP -> "http";
            case HTTPS -> "https";
            default -> (String) scheme.payload();
        };
    }

    /** Whether it is a scheme by RFC 3986 section 3.1. */
    static boolean valid(Variant scheme) {
        return scheme.index() != OTHER || ((String) scheme.payload()).matches("[A-Za-z][A-Za-z0-9+.-]*");
    }
}
