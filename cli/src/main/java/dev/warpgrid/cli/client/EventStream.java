package dev.warpgrid.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events (WHATWG HTML, section 9.2), read one at a time. */
public final class EventStream implements AutoCloseable {
    private static final int MAXIMUM_EVENT_CHARACTERS = 16 << 20;

    private final BufferedReader reader;

    /**
     * One event.
     *
     * @param name {@code message} where the stream names none
     * @param id the last one seen on the stream; empty before the first
     */
    public record Event(String name, String id, String data) {}

    private String lastId = "";

    public EventStream(InputStream in) {
        reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Waits for the next event; empty when the server has ended the stream. */
    public Optional<Event> next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean some = false;
        String line;
        while ((line = reader.readLine()) != null) {
            if (line.isEmpty()) {
                if (some) {
                    return Optional.of(new Event(name, lastId, data.toString()));
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "event" -> {
                    name = value;
                    some = true;
                }
                case "data" -> {
                    if (data.length() + value.length() > MAXIMUM_EVENT_CHARACTERS) {
                        throw new IOException(
                                "an event is larger than " + (MAXIMUM_EVENT_CHARACTERS >> 20) + " Mi characters");
                    }
                    data.append(data.isEmpty() ? "" : "\n").append(value);
                    some = true;
                }
                case "id" -> lastId = value;
                default -> {
                    // Comments keep the connection open; unknown fields are to be ignored.
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
