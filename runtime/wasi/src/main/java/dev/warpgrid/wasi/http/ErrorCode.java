package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.error-code}: its cases by index, and the ones this host answers. */
final class ErrorCode {
    private static final List<String> NAMES = List.of(
            "DNS-timeout",
            "DNS-error",
            "destination-not-found",
            "destination-unavailable",
            "destination-IP-prohibited",
            "destination-IP-unroutable",
            "connection-refused",
            "connection-terminated",
            "connection-timeout",
            "connection-read-timeout",
            "connection-write-timeout",
            "connection-limit-reached",
            "TLS-protocol-error",
            "TLS-certificate-error",
            "TLS-alert-received",
            "HTTP-request-denied",
            "HTTP-request-length-required",
            "HTTP-request-body-size",
            "HTTP-request-method-invalid",
            "HTTP-request-URI-invalid",
            "HTTP-request-URI-too-long",
            "HTTP-request-header-section-size",
            "HTTP-request-header-size",
            "HTTP-request-trailer-section-size",
            "HTTP-request-trailer-size",
            "HTTP-response-incomplete",
            "HTTP-response-header-section-size",
            "HTTP-response-header-size",
            "HTTP-response-body-size",
            "HTTP-response-trailer-section-size",
            "HTTP-response-trailer-size",
            "HTTP-response-transfer-coding",
            "HTTP-response-content-coding",
            "HTTP-response-timeout",
            "HTTP-upgrade-failed",
            "HTTP-protocol-error",
            "loop-detected",
            "configuration-error",
            "internal-error");

    private ErrorCode() {}

    /** A case without payload. */
    static Variant of(String name) {
        return Variant.of(indexOf(name));
    }

    /** A case with a payload. */
    static Variant of(String name, Object payload) {
        return Variant.of(indexOf(name), payload);
    }

    private static int indexOf(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("wasi:http has no error code " + name + ".");
        }
        return index;
    }

    static String nameOf(Variant code) {
        return NAMES.get(code.index());
    }

    /** One clause for people; an internal error brings the guest's own words. */
    static String describe(Variant code) {
        @Nullable Object payload = code.value();
        boolean said = payload instanceof Variant option && option.isSome() && option.value() instanceof String;
        return nameOf(code) + (said ? " (" + ((Variant) code.payload()).payload() + ")" : "");
    }
}
