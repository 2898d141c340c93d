package dev.warpgrid.server.link;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.protocol.v1.LogSubscribe;
import dev.warpgrid.protocol.v1.LogUnsubscribe;
import dev.warpgrid.protocol.v1.ServerMessage;
import dev.warpgrid.server.control.AgentOutbox;
import dev.warpgrid.server.observe.LogLinks;
import io.grpc.Status;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connected agents: one session for each node, of which a newer one replaces the older. */
@Singleton
public class AgentSessions implements AgentOutbox, LogLinks {
    private final ConcurrentMap<NodeId, AgentSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable GridRoutes routes;

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void open(AgentSession session) {
        AgentSession older = sessions.put(session.node(), session);
        if (older != null) {
            older.close(Status.ABORTED.withDescription(
                    "Another connection of node " + session.node() + " has taken this one's place."));
        }
        GridRoutes newest = routes;
        if (newest != null) {
            session.send(newest);
        }
    }

    /** Only if it is still the node's session. */
    void closed(AgentSession session) {
        sessions.remove(session.node(), session);
    }

    void closeAll(Status status) {
        sessions.values().forEach(session -> session.close(status));
    }

    /** Ends the node's connection, if it has one. */
    public void disconnect(NodeId node, Status status) {
        AgentSession session = sessions.get(node);
        if (session != null) {
            session.close(status);
        }
    }

    @Override
    public void offer(NodeId node, DesiredState state) {
        AgentSession session = sessions.get(node);
        if (session != null) {
            session.send(StateMapping.toMessage(state));
        }
    }

    @Override
    public void offer(GridRoutes newest) {
        routes = newest;
        sessions.values().forEach(session -> session.send(newest));
    }

    @Override
    public boolean subscribe(NodeId node, Request request) {
        AgentSession session = sessions.get(node);
        if (session == null) {
            return false;
        }
        LogSubscribe.Builder message = LogSubscribe.newBuilder()
                .setSubscription(request.subscription())
                .setDeployment(request.deployment().toString())
                .setTail(request.tail())
                .setFollow(request.follow());
        if (request.instance() != null) {
            message.setInstanceId(request.instance().value());
        }
        if (request.since() != null) {
            message.setSinceEpochMillis(request.since().toEpochMilli());
        }
        session.send(ServerMessage.newBuilder().setLogSubscribe(message).build());
        return true;
    }

    @Override
    public void unsubscribe(NodeId node, long subscription) {
        AgentSession session = sessions.get(node);
        if (session != null) {
            session.send(ServerMessage.newBuilder()
                    .setLogUnsubscribe(LogUnsubscribe.newBuilder().setSubscription(subscription))
                    .build());
        }
    }
}
