package dev.warpgrid.wasi.p2.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/** Options of a socket, kept until there is a channel to have them. */
final class SocketOptions {
    static final SocketOption<Integer> KEEP_IDLE = ExtendedSocketOptions.TCP_KEEPIDLE;
    static final SocketOption<Integer> KEEP_INTERVAL = ExtendedSocketOptions.TCP_KEEPINTERVAL;
    static final SocketOption<Integer> KEEP_COUNT = ExtendedSocketOptions.TCP_KEEPCOUNT;
    static final SocketOption<Boolean> KEEP_ALIVE = StandardSocketOptions.SO_KEEPALIVE;
    static final SocketOption<Integer> RECEIVE_BUFFER = StandardSocketOptions.SO_RCVBUF;
    static final SocketOption<Integer> SEND_BUFFER = StandardSocketOptions.SO_SNDBUF;

    private static final int LARGEST_BUFFER_BYTES = 1 << 20;
    private static final int LONGEST_SECONDS = 32_767;
    private static final int DEFAULT_BUFFER_BYTES = 64 << 10;
    private static final int DEFAULT_IDLE_SECONDS = 7_200;
    private static final int DEFAULT_INTERVAL_SECONDS = 75;
    private static final int DEFAULT_COUNT = 9;

    private final Map<SocketOption<?>, Object> wanted = new LinkedHashMap<>();

    SocketOptions() {}

    /** A size of a buffer, clamped as the machine would. */
    void buffer(SocketOption<Integer> option, Object given) throws IOException {
        long bytes = (Long) given;
        requirePositive(bytes);
        wanted.put(option, (int) (bytes < 0 ? LARGEST_BUFFER_BYTES : Math.min(bytes, LARGEST_BUFFER_BYTES)));
    }

    long buffer(SocketOption<Integer> option) {
        return (Integer) wanted.getOrDefault(option, DEFAULT_BUFFER_BYTES);
    }

    /** A duration in nanoseconds, rounded up to the machine's whole seconds. */
    void duration(SocketOption<Integer> option, Object given) throws IOException {
        long nanos = (Long) given;
        requirePositive(nanos);
        long seconds = nanos < 0 ? LONGEST_SECONDS : Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
        wanted.put(option, (int) Math.min(seconds, LONGEST_SECONDS));
    }

    long duration(SocketOption<Integer> option) {
        int seconds = (Integer)
                wanted.getOrDefault(option, option.equals(KEEP_IDLE) ? DEFAULT_IDLE_SECONDS : DEFAULT_INTERVAL_SECONDS);
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    void count(Object given) throws IOException {
        int count = (Integer) given;
        requirePositive(count);
        wanted.put(KEEP_COUNT, Math.clamp(count, 1, 127));
    }

    int count() {
        return (Integer) wanted.getOrDefault(KEEP_COUNT, DEFAULT_COUNT);
    }

    void keepAlive(Object given) {
        wanted.put(KEEP_ALIVE, given);
    }

    boolean keepAlive() {
        return (Boolean) wanted.getOrDefault(KEEP_ALIVE, false);
    }

    private static void requirePositive(long value) throws IOException {
        if (value == 0) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
    }

    /** Sets what the channel knows of. */
    void apply(NetworkChannel channel) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> each : wanted.entrySet()) {
            set(channel, each.getKey(), each.getValue());
        }
    }

    private static <T> void set(NetworkChannel channel, SocketOption<T> option, Object value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, option.type().cast(value));
        }
    }
}
