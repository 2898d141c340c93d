package dev.warpgrid.wasi.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A request as the variables of a CGI program (RFC 3875 section 4.1). */
final class CgiEnvironment {
    private CgiEnvironment() {}

    static Map<String, String> of(HttpRequest request) {
        Map<String, String> variables = new LinkedHashMap<>();
        String target = request.pathWithQuery();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        boolean secure = request.scheme().equals("https");
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("SERVER_PROTOCOL", "HTTP/1.1");
        variables.put("SERVER_SOFTWARE", "WarpGrid");
        variables.put("REQUEST_METHOD", request.method());
        variables.put("REQUEST_URI", target);
        variables.put("SCRIPT_NAME", "");
        variables.put("PATH_INFO", decoded(path));
        variables.put("QUERY_STRING", query < 0 ? "" : target.substring(query + 1));
        putServer(variables, request.authority(), secure);
        if (secure) {
            variables.put("HTTPS", "on");
        }
        request.headers().first("content-length").ifPresent(value -> variables.put("CONTENT_LENGTH", value));
        request.headers().first("content-type").ifPresent(value -> variables.put("CONTENT_TYPE", value));
        if (!request.authority().isEmpty()) {
            variables.put("HTTP_HOST", request.authority());
        }
        FieldRules.visible(request.headers()).forEach((name, value) -> putField(variables, name, value));
        // NUL ends a variable for the guest, and the rest would begin another.
        variables.replaceAll((name, value) -> value.replace("\0", ""));
        return variables;
    }

    private static void putServer(Map<String, String> variables, String authority, boolean secure) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        variables.put("SERVER_NAME", port ? authority.substring(0, colon) : authority);
        variables.put("SERVER_PORT", port ? authority.substring(colon + 1) : secure ? "443" : "80");
    }

    private static void putField(Map<String, String> variables, String name, String value) {
        // A program would take HTTP_PROXY for its own configuration, which a client must not set.
        boolean own = name.equals("content-length") || name.equals("content-type") || name.equals("proxy");
        if (!own && FieldRules.validName(name) && name.indexOf('=') < 0) {
            String variable = "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            variables.merge(variable, value, (first, second) -> first + ", " + second);
        }
    }

    /** Percent-encoding undone, where it is one; a path that is not valid stays as it is. */
    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] raw = path.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[raw.length];
        int length = 0;
        for (int at = 0; at < raw.length; at++) {
            if (raw[at] == '%') {
                int high = at + 2 < raw.length ? Character.digit(raw[at + 1], 16) : -1;
                int low = at + 2 < raw.length ? Character.digit(raw[at + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return path;
                }
                bytes[length++] = (byte) (high << 4 | low);
                at += 2;
            } else {
                bytes[length++] = raw[at];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
