package dev.warpgrid.server.link;

import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.protocol.RoutesMapping;
import dev.warpgrid.protocol.v1.DesiredState;
import dev.warpgrid.protocol.v1.GridRoutesUpdate;
import dev.warpgrid.protocol.v1.ServerMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one node, as the server writes to it. Of desired states and of routes only the newest wait for a slow
 * agent, and of routes only what differs from those it has is sent; of other messages at most {@value #MAXIMUM_WAITING}, and an agent that lets more pile up is disconnected.
 */
final class AgentSession {
    static final int MAXIMUM_WAITING = 1000;

    private final long number;
    private final NodeId node;
    private final ServerCallStreamObserver<ServerMessage> stream;
    private final Queue<ServerMessage> waiting = new ArrayDeque<>();
    private @Nullable DesiredState newest;
    private long sentGeneration;
    private boolean wantsRoutes;
    private @Nullable GridRoutes newestRoutes;
    private @Nullable GridRoutes sentRoutes;
    private final Queue<GridRoutesUpdate> routeParts = new ArrayDeque<>();
    private boolean closed;

    AgentSession(long number, NodeId node, ServerCallStreamObserver<ServerMessage> stream) {
        this.number = number;
        this.node = node;
        this.stream = stream;
    }

    long number() {
        return number;
    }

    NodeId node() {
        return node;
    }

    synchronized void send(ServerMessage message) {
        if (closed) {
            return;
        }
        if (waiting.size() >= MAXIMUM_WAITING) {
            close(Status.RESOURCE_EXHAUSTED.withDescription(
                    "The agent reads too slowly; it is disconnected and may connect again."));
            return;
        }
        waiting.add(message);
        drain();
    }

    /** A generation that is not newer than the one sent last is passed over. */
    synchronized void send(DesiredState state) {
        if (closed || state.getGeneration() <= sentGeneration) {
            return;
        }
        if (newest == null || newest.getGeneration() < state.getGeneration()) {
            newest = state;
        }
        drain();
    }

    /** From now on routes are sent, the whole table first. */
    synchronized void wantRoutes() {
        wantsRoutes = true;
    }

    synchronized void send(GridRoutes routes) {
        if (!closed && wantsRoutes) {
            newestRoutes = routes;
            drain();
        }
    }

    /** The transport takes more. */
    synchronized void ready() {
        drain();
    }

    synchronized void close(Status status) {
        if (!closed) {
            closed = true;
            forgetWaiting();
            stream.onError(status.asRuntimeException());
        }
    }

    synchronized void complete() {
        if (!closed) {
            closed = true;
            stream.onCompleted();
        }
    }

    /** The other side is gone; nothing may be written any more. */
    synchronized void gone() {
        closed = true;
        forgetWaiting();
    }

    private void forgetWaiting() {
        waiting.clear();
        routeParts.clear();
        newest = null;
        newestRoutes = null;
    }

    private void drain() {
        while (!closed && stream.isReady()) {
            ServerMessage message = waiting.poll();
            if (message == null && newest != null) {
                sentGeneration = newest.getGeneration();
                message = ServerMessage.newBuilder().setDesiredState(newest).build();
                newest = null;
            }
            if (message == null) {
                GridRoutesUpdate part = nextRoutePart();
                if (part == null) {
                    return;
                }
                message = ServerMessage.newBuilder().setGridRoutesUpdate(part).build();
            }
            stream.onNext(message);
        }
    }

    private @Nullable GridRoutesUpdate nextRoutePart() {
        GridRoutes routes = newestRoutes;
        if (routeParts.isEmpty() && routes != null) {
            GridRoutesChange change = sentRoutes == null ? routes.whole() : routes.since(sentRoutes);
            if (!change.isEmpty()) {
                routeParts.addAll(RoutesMapping.toMessages(change));
            }
            sentRoutes = routes;
            newestRoutes = null;
        }
        return routeParts.poll();
    }
}
