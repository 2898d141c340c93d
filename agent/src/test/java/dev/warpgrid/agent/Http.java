package dev.warpgrid.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request on one connection, with a host of the caller's choice. */
public final class Http {
    private static final int LIMIT_MILLIS = 30_000;

    private Http() {}

    /** The whole answer as text; empty when the connection broke. */
    public static String get(int port, String host, String path) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nhost: " + host + "\r\nconnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The status; 0 when the connection broke. */
    public static int status(int port, String host, String path) {
        String answer = get(port, host, path);
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }
}
