package dev.warpgrid.agent.ingress;

import java.nio.charset.StandardCharsets;

/** The body of an answer that the agent itself gives: {@code application/problem+json} (RFC 9457). */
final class Problems {
    static final String CONTENT_TYPE = "application/problem+json";

    private Problems() {}

    static byte[] body(int status, String sentence, String requestId) {
        return ("{\"status\":" + status + ",\"title\":\"" + title(status) + "\",\"detail\":\"" + escape(sentence)
                        + "\",\"requestId\":\"" + escape(requestId) + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Error";
        };
    }

    /** Escapes for a JSON string; keeps it ASCII-safe for control characters and quotes. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (c < ' ') {
                        escaped.append(String.format("\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
