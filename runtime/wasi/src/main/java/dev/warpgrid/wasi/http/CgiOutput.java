package dev.warpgrid.wasi.http;

import dev.warpgrid.wasi.ByteSink;
import dev.warpgrid.wasi.WasiLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Standard output of a CGI program: a head of fields, an empty line, then the body (RFC 3875 section 6). */
final class CgiOutput implements ByteSink {
    private static final int OK = 200;
    private static final int FOUND = 302;
    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 999;
    private static final long NO_LENGTH = -1;

    private final Exchange exchange;
    private final WasiLimits limits;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private boolean headDone;
    private long declaredBytes = NO_LENGTH;
    private long writtenBytes;

    CgiOutput(Exchange exchange, WasiLimits limits) {
        this.exchange = exchange;
        this.limits = limits;
    }

    @Override
    public int writable() {
        return headDone ? exchange.credit() : limits.fieldBytes();
    }

    @Override
    public void write(byte[] bytes) {
        if (headDone) {
            body(bytes);
            return;
        }
        int from = Math.max(0, head.size() - 3);
        head.writeBytes(bytes);
        byte[] all = head.toByteArray();
        int end = endOfHead(all, from);
        if (end < 0) {
            if (all.length > limits.fieldBytes()) {
                throw new HttpGuestException(
                        "The guest wrote " + all.length
                                + " bytes without the empty line that ends the head of a CGI answer.",
                        null);
            }
            return;
        }
        sendHead(new String(all, 0, end, StandardCharsets.ISO_8859_1));
        headDone = true;
        head.reset();
        if (end < all.length) {
            // What came with the head is within what was allowed to be written before it.
            early(Arrays.copyOfRange(all, end, all.length));
        }
    }

    /** Gives what came with the head on, waiting for the client. */
    private void early(byte[] bytes) {
        byte[] left = bytes;
        while (left.length > 0) {
            int credit = exchange.credit();
            if (credit < 0) {
                return;
            }
            if (credit == 0) {
                awaitClient();
                continue;
            }
            int part = Math.min(credit, left.length);
            body(Arrays.copyOf(left, part));
            left = Arrays.copyOfRange(left, part, left.length);
        }
    }

    private void awaitClient() {
        try {
            exchange.awaitWritable(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new dev.warpgrid.component.GuestInterruptedException("A wait for the client was ended.");
        }
    }

    private void body(byte[] bytes) {
        writtenBytes += bytes.length;
        if (declaredBytes != NO_LENGTH && writtenBytes > declaredBytes) {
            throw new HttpGuestException(
                    "The guest wrote more than the " + declaredBytes + " bytes that its content-length says.", null);
        }
        exchange.write(bytes);
    }

    private static int endOfHead(byte[] all, int from) {
        for (int at = from; at < all.length; at++) {
            if (all[at] == '\n') {
                if (at + 1 < all.length && all[at + 1] == '\n') {
                    return at + 2;
                }
                if (at + 2 < all.length && all[at + 1] == '\r' && all[at + 2] == '\n') {
                    return at + 3;
                }
            }
        }
        return -1;
    }

    private void sendHead(String text) {
        HttpFields fields = new HttpFields();
        int status = 0;
        for (String line : text.lines().filter(each -> !each.isEmpty()).toList()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw malformed(line);
            }
            String name = HttpFields.lowerCase(line.substring(0, colon));
            String value = line.substring(colon + 1).strip();
            if (name.equals("status")) {
                status = status(value);
            } else {
                put(fields, name, value);
            }
        }
        if (status == 0) {
            status = fields.contains("location") ? FOUND : OK;
        }
        exchange.head(status, fields.freeze());
    }

    private void put(HttpFields fields, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        boolean second = name.equals(FieldRules.CONTENT_LENGTH) && fields.contains(name);
        if (second || !FieldRules.validName(name) || !FieldRules.validValue(name, bytes)) {
            throw malformed(name + ": " + value);
        }
        if (FieldRules.forbidden(name)) {
            return;
        }
        if (fields.size() >= limits.fieldCount()) {
            throw dev.warpgrid.wasi.InstanceState.over("fieldCount", limits.fieldCount());
        }
        if (name.equals(FieldRules.CONTENT_LENGTH)) {
            declaredBytes = Long.parseLong(value);
        }
        fields.add(name, bytes);
    }

    private static int status(String value) {
        try {
            int status = Integer.parseInt(value.substring(0, (value + " ").indexOf(' ')));
            if (status >= LEAST_STATUS && status <= MOST_STATUS) {
                return status;
            }
        } catch (NumberFormatException e) {
            throw malformed("Status: " + value);
        }
        throw malformed("Status: " + value);
    }

    private static HttpGuestException malformed(String line) {
        return new HttpGuestException(
                "The guest's answer has a head line \"" + line
                        + "\" that is no field; a CGI program prints fields, an empty" + " line and then the body.",
                null);
    }

    /** The program ended with a code. */
    void ended(int code) {
        if (!headDone) {
            throw new HttpGuestException(
                    "The guest ended with exit code " + code + " before it printed the head of a CGI answer.", null);
        }
        if (code != 0) {
            exchange.abort("The guest ended with exit code " + code + ".");
            return;
        }
        if (declaredBytes != NO_LENGTH
                && writtenBytes != declaredBytes
                && !(exchange.bodiless() && writtenBytes == 0)) {
            exchange.abort(
                    "The guest wrote " + writtenBytes + " bytes of a body it declared to have " + declaredBytes + ".");
            return;
        }
        exchange.end(HttpFields.none());
    }

    @Override
    public void flush() {
        if (headDone) {
            exchange.flush();
        }
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        exchange.awaitWritable(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return exchange.wake(waker);
    }
}
