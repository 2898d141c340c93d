package dev.warpgrid.agent.ingress;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The open connections of one event loop, each with the number of its requests under way. A connection is idle only while
 * it has none: a call may be silent for as long as its deployment's limit allows, which a timeout of the socket would cut.
 * Used on the event loop only.
 */
final class Connections {
    private final BooleanSupplier draining;
    private final Map<HttpConnection, State> open = new HashMap<>();

    Connections(BooleanSupplier draining) {
        this.draining = draining;
    }

    /** Takes over from the socket's own timeout, which has bounded the wait for the first bytes until now. */
    void opened(HttpConnection connection, long nowNanos) {
        open.put(connection, new State(nowNanos));
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
    }

    void closed(HttpConnection connection) {
        open.remove(connection);
    }

    Call began(HttpConnection connection) {
        State state = open.get(connection);
        return new Call(state == null ? new State(0) : state, draining);
    }

    /** Closes what has had no request under way since before the given moment. */
    void closeIdleSince(long nanos) {
        Iterator<Map.Entry<HttpConnection, State>> each = open.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<HttpConnection, State> entry = each.next();
            if (entry.getValue().underWay == 0 && entry.getValue().lastUsedNanos - nanos < 0) {
                each.remove();
                var ignored = entry.getKey().close();
            }
        }
    }

    private static final class State {
        private int underWay;
        private long lastUsedNanos;

        State(long nowNanos) {
            lastUsedNanos = nowNanos;
        }
    }

    /** One request under way. */
    static final class Call {
        private final State state;
        private final BooleanSupplier draining;
        private boolean over;

        private Call(State state, BooleanSupplier draining) {
            this.state = state;
            this.draining = draining;
            state.underWay++;
        }

        /** Whether the node is about to end, so that the client shall send its next request elsewhere. */
        boolean isLastOfConnection() {
            return draining.getAsBoolean();
        }

        /** Only the first time counts. */
        void over() {
            if (!over) {
                over = true;
                state.underWay--;
                state.lastUsedNanos = System.nanoTime();
            }
        }
    }
}
