package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.WasiLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Reads one answer of a server as HTTP/1.1 has it on the wire (RFC 9112), within the limits for header fields. */
final class WireReader {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int LONGEST_CHUNK_LINE = 1024;
    private static final int SWITCHING = 101;
    private static final int LEAST_FINAL_STATUS = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int MOST_INTERIM = 16;

    private final InputStream in;
    private final WasiLimits limits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;

    /** The first part of an answer. */
    record Head(int status, HttpFields fields) {}

    WireReader(InputStream in, WasiLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The head of the final answer; interim ones before it are passed over. */
    Head head() throws IOException {
        for (int interim = 0; interim < MOST_INTERIM; interim++) {
            String line = line(limits.fieldBytes(), "HTTP-response-header-section-size");
            int status = status(line);
            HttpFields fields = fields("HTTP-response-header-section-size");
            if (status == SWITCHING) {
                throw new HttpFault("HTTP-upgrade-failed");
            }
            if (status >= LEAST_FINAL_STATUS) {
                return new Head(status, fields);
            }
        }
        throw new HttpFault("HTTP-protocol-error");
    }

    private static int status(String line) throws HttpFault {
        if (!line.matches("HTTP/1\\.[01] [1-9][0-9][0-9]( .*)?")) {
            throw new HttpFault("HTTP-protocol-error");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private HttpFields fields(String tooLarge) throws IOException {
        HttpFields fields = new HttpFields();
        int left = limits.fieldBytes();
        while (true) {
            String line = line(left, tooLarge);
            if (line.isEmpty()) {
                return fields;
            }
            left -= line.length();
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (!FieldRules.validName(name)
                    || !FieldRules.validValue("", value.getBytes(StandardCharsets.ISO_8859_1))) {
                throw new HttpFault("HTTP-protocol-error");
            }
            if (fields.size() >= limits.fieldCount()) {
                throw new HttpFault(tooLarge, Variant.none());
            }
            fields.add(name, value);
        }
    }

    /** Reads the body into a pipe and ends it with its trailers. */
    void body(Head head, boolean toHead, Pipe pipe) throws IOException, InterruptedException {
        HttpFields fields = head.fields();
        if (toHead || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
            pipe.end(HttpFields.none());
            return;
        }
        List<String> codings = fields.all("transfer-encoding");
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                throw new HttpFault("HTTP-response-transfer-coding", Variant.some(codings.getFirst()));
            }
            chunks(pipe);
            return;
        }
        List<String> lengths =
                fields.all(FieldRules.CONTENT_LENGTH).stream().distinct().toList();
        if (lengths.isEmpty()) {
            untilClose(pipe);
            return;
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new HttpFault("HTTP-protocol-error");
        }
        if (exactly(Long.parseLong(lengths.getFirst()), pipe)) {
            pipe.end(HttpFields.none());
        }
    }

    private void chunks(Pipe pipe) throws IOException, InterruptedException {
        while (true) {
            String line = line(LONGEST_CHUNK_LINE, "HTTP-protocol-error");
            int semicolon = line.indexOf(';');
            String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
            if (!digits.matches("[0-9a-fA-F]{1,15}")) {
                throw new HttpFault("HTTP-protocol-error");
            }
            long size = Long.parseLong(digits, 16);
            if (size == 0) {
                pipe.end(fields("HTTP-response-trailer-section-size").freeze());
                return;
            }
            if (!exactly(size, pipe)) {
                return;
            }
            if (!line(0, "HTTP-protocol-error").isEmpty()) {
                throw new HttpFault("HTTP-protocol-error");
            }
        }
    }

    /** Answers false when the guest wants no more. */
    private boolean exactly(long count, Pipe pipe) throws IOException, InterruptedException {
        long left = count;
        while (left > 0) {
            if (at == filled && !fill()) {
                throw new HttpFault("HTTP-response-incomplete");
            }
            int part = (int) Math.min(left, filled - at);
            if (!pipe.put(buffer, at, part)) {
                return false;
            }
            at += part;
            left -= part;
        }
        return true;
    }

    private void untilClose(Pipe pipe) throws IOException, InterruptedException {
        while (at < filled || fill()) {
            if (!pipe.put(buffer, at, filled - at)) {
                return;
            }
            at = filled;
        }
        pipe.end(HttpFields.none());
    }

    /** A line without its end. */
    private String line(int most, String tooLong) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (at == filled && !fill()) {
                throw new HttpFault(line.isEmpty() ? "connection-terminated" : "HTTP-response-incomplete");
            }
            int letter = buffer[at++] & 0xff;
            if (letter == '\n') {
                int end = line.length();
                if (end > 0 && line.charAt(end - 1) == '\r') {
                    line.setLength(end - 1);
                }
                return line.toString();
            }
            if (line.length() > most) {
                throw tooLong.endsWith("-size") ? new HttpFault(tooLong, Variant.none()) : new HttpFault(tooLong);
            }
            line.append((char) letter);
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }
}
