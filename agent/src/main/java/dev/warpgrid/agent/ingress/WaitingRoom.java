package dev.warpgrid.agent.ingress;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Requests that no place takes now, although one is expected to: each is tried again when the routes change, and every so
 * often besides. Bounded in number and time. One for each event loop, on which all but {@link #routesChanged} is called.
 */
final class WaitingRoom {
    private static final long LOOK_MILLIS = 100;

    private final Context context;
    private final int most;
    private final Consumer<HttpExchange> again;
    private final Consumer<HttpExchange> late;
    private ArrayDeque<HttpExchange> waiting = new ArrayDeque<>();
    private boolean looking;
    private volatile boolean occupied;

    WaitingRoom(Context context, int most, Consumer<HttpExchange> again, Consumer<HttpExchange> late) {
        this.context = context;
        this.most = most;
        this.again = again;
        this.late = late;
    }

    /** @return false when it is full */
    boolean enter(HttpExchange exchange) {
        if (waiting.size() >= most) {
            return false;
        }
        waiting.addLast(exchange);
        occupied = true;
        if (!looking) {
            looking = true;
            context.owner().setTimer(LOOK_MILLIS, timer -> {
                looking = false;
                look();
            });
        }
        return true;
    }

    /** On any thread. */
    void routesChanged() {
        if (occupied) {
            context.runOnContext(now -> look());
        }
    }

    int size() {
        return waiting.size();
    }

    private void look() {
        ArrayDeque<HttpExchange> all = waiting;
        waiting = new ArrayDeque<>();
        occupied = false;
        long now = System.nanoTime();
        for (HttpExchange exchange : all) {
            if (exchange.abandoned()) {
                continue;
            }
            if (exchange.detours().late(now)) {
                late.accept(exchange);
            } else {
                again.accept(exchange);
            }
        }
    }
}
