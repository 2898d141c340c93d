package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiLimits;
import dev.warpgrid.wasi.net.NetworkPolicy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request of a guest to a server, over a connection of its own in HTTP/1.1. A virtual thread connects, sends and reads
 * the answer, another sends the body; the guest's thread only looks at what there is. Every address that the name resolves
 * to is checked against the policy, and the connection goes to the very address that was checked.
 */
final class OutgoingCall {
    private static final int EMPTY_BODY_PATIENCE_MILLIS = 10;
    private static final byte[] END_OF_LINE = {'\r', '\n'};

    private final Order order;
    private final NetworkPolicy policy;
    private final WasiLimits limits;
    private final Object lock = new Object();
    private final Pipe request = new Pipe(this::cancel);
    private final Pipe answer = new Pipe(this::cancel);
    private @Nullable Socket socket;
    private boolean cancelled;
    private WireReader.@Nullable Head head;
    private @Nullable Variant error;
    private @Nullable Runnable waker;

    /**
     * What is to be sent.
     *
     * @param withBody whether the guest took the body, so that one may come
     */
    record Order(
            String method,
            boolean secure,
            String host,
            int port,
            String authority,
            String target,
            HttpFields headers,
            boolean withBody,
            Timeouts timeouts) {}

    /** In milliseconds; 0 waits as long as the call may last. */
    record Timeouts(int connectMillis, int firstByteMillis, int betweenBytesMillis) {}

    OutgoingCall(Order order, NetworkPolicy policy, WasiLimits limits) {
        this.order = order;
        this.policy = policy;
        this.limits = limits;
    }

    void start() {
        Thread.ofVirtual().name("outgoing-http").start(this::run);
    }

    /** Where the guest's body goes. */
    Pipe request() {
        return request;
    }

    /** Where the answer's body comes from, once there is a head. */
    Pipe answer() {
        return answer;
    }

    boolean ready() {
        synchronized (lock) {
            return head != null || error != null;
        }
    }

    WireReader.@Nullable Head head() {
        synchronized (lock) {
            return head;
        }
    }

    @Nullable
    Variant error() {
        synchronized (lock) {
            return error;
        }
    }

    void await(long nanos) throws InterruptedException {
        Waiting.on(lock, this::ready, nanos);
    }

    boolean wake(@Nullable Runnable runnable) {
        synchronized (lock) {
            waker = runnable;
        }
        return true;
    }

    /** Nobody wants the answer any more. */
    void cancel() {
        Socket open;
        synchronized (lock) {
            cancelled = true;
            open = socket;
        }
        close(open);
        request.fail(ErrorCode.of("connection-terminated"));
        answer.fail(ErrorCode.of("connection-terminated"));
    }

    private static void close(@Nullable Socket open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more either way.
                assert !open.isConnected() || open.isClosed();
            }
        }
    }

    private void settle(WireReader.@Nullable Head found, @Nullable Variant failure) {
        Runnable woken;
        synchronized (lock) {
            if (head == null && error == null) {
                head = found;
                error = failure;
            }
            lock.notifyAll();
            woken = waker;
        }
        if (woken != null) {
            woken.run();
        }
    }

    private void run() {
        try (Socket connected = connect()) {
            OutputStream out = new BufferedOutputStream(connected.getOutputStream());
            Thread.ofVirtual().name("outgoing-http-body").start(() -> send(out));
            connected.setSoTimeout(order.timeouts().firstByteMillis());
            WireReader reader = new WireReader(connected.getInputStream(), limits);
            WireReader.Head found = reader.head();
            settle(new WireReader.Head(found.status(), FieldRules.visible(found.fields())), null);
            connected.setSoTimeout(order.timeouts().betweenBytesMillis());
            reader.body(found, order.method().equals("HEAD"), answer);
        } catch (IOException e) {
            fail(code(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(ErrorCode.of("connection-terminated"));
        }
    }

    private void fail(Variant code) {
        request.fail(code);
        answer.fail(code);
        settle(null, code);
    }

    private Variant code(IOException failure) {
        boolean answering = head() != null;
        return switch (failure) {
            case HttpFault fault -> fault.code();
            case SocketTimeoutException timeout ->
                ErrorCode.of(answering ? "connection-read-timeout" : "HTTP-response-timeout");
            case UnknownHostException unknown ->
                ErrorCode.of("DNS-error", new Object[] {Variant.none(), Variant.none()});
            case ConnectException refused -> ErrorCode.of("connection-refused");
            case NoRouteToHostException unroutable -> ErrorCode.of("destination-IP-unroutable");
            case SSLPeerUnverifiedException unverified -> ErrorCode.of("TLS-certificate-error");
            case SSLHandshakeException handshake -> ErrorCode.of("TLS-certificate-error");
            case SSLException protocol -> ErrorCode.of("TLS-protocol-error");
            default -> ErrorCode.of("connection-terminated");
        };
    }

    private Socket connect() throws IOException {
        Socket open = new Socket();
        boolean done = false;
        try {
            synchronized (lock) {
                if (cancelled) {
                    throw new HttpFault("connection-terminated");
                }
                socket = open;
            }
            open.setTcpNoDelay(true);
            connect(open, allowed());
            Socket usable = order.secure() ? secured(open) : open;
            done = true;
            return usable;
        } finally {
            if (!done) {
                open.close();
            }
        }
    }

    private void connect(Socket open, InetAddress address) throws IOException {
        try {
            open.connect(
                    new InetSocketAddress(address, order.port()),
                    order.timeouts().connectMillis());
        } catch (SocketTimeoutException e) {
            throw new HttpFault("connection-timeout");
        }
    }

    /** The first address of the name that the policy allows. */
    private InetAddress allowed() throws IOException {
        for (InetAddress address : InetAddress.getAllByName(order.host())) {
            if (policy.allows(order.host(), address, order.port())) {
                return address;
            }
        }
        throw new HttpFault("destination-IP-prohibited");
    }

    private Socket secured(Socket open) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket tls = (SSLSocket) factory.createSocket(open, order.host(), order.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        boolean literal = order.host().indexOf(':') >= 0 || order.host().matches("[0-9.]+");
        if (!literal) {
            parameters.setServerNames(List.of(new SNIHostName(order.host())));
        }
        tls.setSSLParameters(parameters);
        tls.setSoTimeout(order.timeouts().connectMillis());
        tls.startHandshake();
        return tls;
    }

    private void send(OutputStream out) {
        try {
            boolean empty = !order.withBody() || (mostlyEmpty() && request.endsEmptyWithin(EMPTY_BODY_PATIENCE_MILLIS));
            boolean sized = order.headers().contains(FieldRules.CONTENT_LENGTH);
            out.write(requestHead(empty, sized).getBytes(StandardCharsets.ISO_8859_1));
            if (!empty || !order.withBody()) {
                out.flush();
            }
            if (!empty) {
                sendBody(out, !sized);
            }
            out.flush();
        } catch (IOException e) {
            // The other thread hears of it too, and knows whether there is an answer all the same.
            request.fail(ErrorCode.of("connection-terminated"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
        }
    }

    /** Guests often take and finish a body that these methods do not have. */
    private boolean mostlyEmpty() {
        return switch (order.method()) {
            case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    private String requestHead(boolean empty, boolean sized) {
        StringBuilder head = new StringBuilder(256);
        head.append(order.method()).append(' ').append(order.target()).append(" HTTP/1.1\r\nHost: ");
        head.append(order.authority()).append("\r\n");
        FieldRules.visible(order.headers())
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (!sized && !empty) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (!sized && !mostlyEmpty()) {
            head.append("Content-Length: 0\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString();
    }

    private void sendBody(OutputStream out, boolean chunked) throws IOException, InterruptedException {
        for (byte[] part = request.next(); part != null; part = request.next()) {
            if (chunked) {
                out.write((Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(part);
            if (chunked) {
                out.write(END_OF_LINE);
            }
            if (request.available() <= 0) {
                out.flush();
            }
        }
        if (request.failureCode().isPresent()) {
            // An unfinished body must not pass for a whole one.
            cancel();
            return;
        }
        if (chunked) {
            StringBuilder last = new StringBuilder("0\r\n");
            FieldRules.visible(request.trailers())
                    .forEach((name, value) ->
                            last.append(name).append(": ").append(value).append("\r\n"));
            out.write(last.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
