package dev.warpgrid.agent.ingress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One raw connection, so that framing is seen as it is. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final BufferedReader reader;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public String line() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("The connection ended.");
        }
        return line;
    }

    public Answer readHead() throws IOException {
        int status = Integer.parseInt(line().substring("HTTP/1.1 ".length()).substring(0, 3));
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return new Answer(status, lines, "");
    }

    public Answer read() throws IOException {
        Answer head = readHead();
        int length = Integer.parseInt(head.header("content-length").orElse("0"));
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            int more = reader.read(body, read, length - read);
            if (more < 0) {
                throw new IOException("The connection ended within the body.");
            }
            read += more;
        }
        return new Answer(head.status(), head.lines(), new String(body));
    }

    public long drain() throws IOException {
        long total = 0;
        char[] buffer = new char[65_536];
        for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
            total += read;
        }
        return total;
    }

    public String readToEnd() {
        var text = new StringBuilder();
        try {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                text.append((char) c);
            }
        } catch (IOException e) {
            // A cut connection is what the caller looks for.
            return text.toString();
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** @param lines of the head, lower case up to the colon */
    public record Answer(int status, List<String> lines, String body) {
        public Optional<String> header(String name) {
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }
}
