package dev.warpgrid.server.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The login page: one file, no script, nothing from elsewhere. */
final class LoginPage {
    private static final String TEMPLATE = read();

    private LoginPage() {}

    static void write(HttpServletResponse response, int status, String name, String message, String next)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'");
        // With a name there already the password is what one types next.
        response.getWriter()
                .write(TEMPLATE.replace("${message}", message.isEmpty() ? "" : alert(message))
                        .replace("${name}", escape(name))
                        .replace("${nameFocus}", name.isEmpty() ? "autofocus" : "")
                        .replace("${passwordFocus}", name.isEmpty() ? "" : "autofocus")
                        .replace("${next}", escape(next)));
    }

    private static String alert(String message) {
        return "<p class=\"alert\" role=\"alert\" id=\"message\">" + escape(message) + "</p>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("$", "&#36;");
    }

    private static String read() {
        try (InputStream in = LoginPage.class.getResourceAsStream("login.html")) {
            if (in == null) {
                throw new IllegalStateException("login.html is missing from the application.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
