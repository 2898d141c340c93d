package dev.warpgrid.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a part of this machine whether it is ready. */
final class LocalHealth {
    private static final int TIMEOUT_MILLIS = 5_000;

    private LocalHealth() {}

    /** @return whether {@code http://127.0.0.1:PORT/health/ready} answers 200 */
    static boolean ready(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : InputStream.nullInputStream()) {
                body.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
