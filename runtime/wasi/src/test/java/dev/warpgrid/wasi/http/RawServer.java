package dev.warpgrid.wasi.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that reads a request up to a text and answers with bytes as they are. */
final class RawServer implements AutoCloseable {
    private static final int ENOUGH_BYTES = 4 << 20;

    private final ServerSocket listener;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    /**
     * A server.
     *
     * @param until  what a request ends with; empty for one that is never read
     * @param answer what comes back; empty for nothing at all, with the connection kept open
     */
    RawServer(String until, String answer) throws IOException {
        this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket peer = listener.accept();
                    Thread.ofVirtual().start(() -> serve(peer, until, answer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket peer, String until, String answer) {
        try {
            requests.add(until.isEmpty() ? "" : read(peer.getInputStream(), until));
            if (!answer.isEmpty()) {
                peer.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                peer.close();
            }
        } catch (IOException e) {
            requests.add("broken: " + e.getMessage());
        }
    }

    private static String read(InputStream in, String until) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(until, Math.max(0, text.length() - until.length())) < 0 && text.length() < ENOUGH_BYTES) {
            int letter = in.read();
            if (letter < 0) {
                return text + " (ended)";
            }
            text.append((char) letter);
        }
        return text.toString();
    }

    String authority() {
        return "localhost:" + listener.getLocalPort();
    }

    String request() throws InterruptedException {
        String request = requests.poll(10, TimeUnit.SECONDS);
        return request == null ? "none came" : request;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
