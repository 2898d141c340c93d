package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.Variant;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** {@code wasi:sockets/network.error-code} in its order. */
enum SocketError {
    UNKNOWN,
    ACCESS_DENIED,
    NOT_SUPPORTED,
    INVALID_ARGUMENT,
    OUT_OF_MEMORY,
    TIMEOUT,
    CONCURRENCY_CONFLICT,
    NOT_IN_PROGRESS,
    WOULD_BLOCK,
    INVALID_STATE,
    NEW_SOCKET_LIMIT,
    ADDRESS_NOT_BINDABLE,
    ADDRESS_IN_USE,
    REMOTE_UNREACHABLE,
    CONNECTION_REFUSED,
    CONNECTION_RESET,
    CONNECTION_ABORTED,
    DATAGRAM_TOO_LARGE,
    NAME_UNRESOLVABLE,
    TEMPORARY_RESOLVER_FAILURE,
    PERMANENT_RESOLVER_FAILURE;

    /** The case itself. */
    @SuppressWarnings("EnumOrdinal") // The order is that of the specification.
    Variant code() {
        return Variant.of(ordinal());
    }

    SocketException asException() {
        return new Failure(this);
    }

    static SocketError of(IOException failure) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return switch (failure) {
            case Failure known -> known.error;
            case BindException bind ->
                said.contains("in use")
                        ? ADDRESS_IN_USE
                        : said.contains("denied") ? ACCESS_DENIED : ADDRESS_NOT_BINDABLE;
            case ConnectException connect -> said.contains("timed out") ? TIMEOUT : CONNECTION_REFUSED;
            case NoRouteToHostException route -> REMOTE_UNREACHABLE;
            case SocketTimeoutException timeout -> TIMEOUT;
            default -> {
                if (said.contains("unreachable")) {
                    yield REMOTE_UNREACHABLE;
                }
                if (said.contains("message too long")) {
                    yield DATAGRAM_TOO_LARGE;
                }
                yield said.contains("abort") ? CONNECTION_ABORTED : CONNECTION_RESET;
            }
        };
    }

    /** An error that was found here. Without a stack trace: guests cause it at will. */
    private static final class Failure extends SocketException {
        private static final long serialVersionUID = 1L;

        private final SocketError error;

        Failure(SocketError error) {
            super("A socket operation failed: " + error + ".");
            this.error = error;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
