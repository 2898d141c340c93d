package dev.warpgrid.server.observe;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.NodeUsage;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.server.pki.JoinTokens;
import dev.warpgrid.server.pki.ServerIdentity;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Audited;
import dev.warpgrid.server.service.EventRecorder;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.NodeStore;
import dev.warpgrid.server.store.StoredNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes: who joined, from the store; how they are, from memory. */
@Singleton
@StoreFaults
@Transactional
public class GridNodes implements NodeService {
    private static final NodeUsage UNKNOWN_USAGE = new NodeUsage(0, 0, 0, 0);

    private final NodeStore nodes;
    private final FactBoard facts;
    private final GridBoard board;
    private final JoinTokens tokens;
    private final ServerIdentity identity;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final ControlPolicy policy;
    private final Clock clock;

    @Inject
    public GridNodes(
            NodeStore nodes,
            FactBoard facts,
            GridBoard board,
            JoinTokens tokens,
            ServerIdentity identity,
            EventRecorder events,
            AuditTrail trail,
            ControlPolicy policy,
            Clock clock) {
        this.nodes = nodes;
        this.facts = facts;
        this.board = board;
        this.tokens = tokens;
        this.identity = identity;
        this.events = events;
        this.trail = trail;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public List<NodeView> list(Caller caller) {
        Access.require(caller, Permission.NODE_READ);
        return nodes.all().stream().map(this::view).toList();
    }

    @Override
    public NodeView get(Caller caller, String id) {
        Access.require(caller, Permission.NODE_READ);
        return view(find(id));
    }

    @Override
    @Audited(value = "node.delete", resource = 1)
    public void delete(Caller caller, String id) {
        Access.require(caller, Permission.NODE_WRITE);
        NodeId node = find(id).id();
        if (facts.isConnected(node)) {
            throw new ApiException(
                    ErrorCode.CONFLICT, "Node \"" + id + "\" is connected: stop its agent, then delete the node.");
        }
        nodes.delete(node, clock.instant());
        trail.done(caller, "node.delete", null, id, Map.of("node", id), null);
        events.record(NewEvent.of(
                        Severity.INFO,
                        "NodeDeleted",
                        caller.name() + " deleted node " + id + "; its certificate is no longer accepted.")
                .on(node));
        facts.forget(node);
    }

    @Override
    @Audited("join-token.create")
    public JoinTokenView createJoinToken(Caller caller, Duration validFor) {
        Access.require(caller, Permission.JOIN_TOKEN_WRITE);
        if (validFor.compareTo(JoinTokens.SHORTEST) < 0 || validFor.compareTo(JoinTokens.LONGEST) > 0) {
            throw ApiException.invalid(
                    "/validFor", "A join token is valid for 1 minute to 7 days: choose a time between.");
        }
        JoinTokenView token = tokens.create(caller.name(), identity.authority(), validFor);
        trail.done(
                caller,
                "join-token.create",
                null,
                "join-token",
                null,
                Map.of("expiresAt", token.expiresAt().toString()));
        return token;
    }

    private StoredNode find(String id) {
        if (!ResourceName.isValid(id)) {
            throw ApiException.notFound("node", id);
        }
        return nodes.find(new NodeId(id)).orElseThrow(() -> ApiException.notFound("node", id));
    }

    private NodeView view(StoredNode node) {
        NodeFacts told = facts.node(node.id()).orElse(null);
        NodeDescription description = told == null ? node.description() : told.description();
        NodeUsage usage = told == null ? UNKNOWN_USAGE : told.usage();
        EngineFacts engine = description == null ? new EngineFacts("", "", false) : description.engine();
        long reserved = 0;
        int placed = 0;
        for (Placement placement : board.last().rows().placements()) {
            if (placement.node().equals(node.id())) {
                reserved += placement.reservedBytes();
                placed++;
            }
        }
        Instant now = clock.instant();
        NodeState state = SnapshotAssembly.stateOf(policy, told, board.last().watch(), now);
        Instant lastSeen = told == null ? node.joinedAt() : told.lastHeardAt();
        return new NodeView(
                node.id().value(),
                state(state),
                sentence(node.id(), state, told, now),
                description == null ? "" : description.agentVersion(),
                (engine.name() + " " + engine.version()).strip(),
                engine.compiled(),
                description == null ? 0 : description.processors(),
                node.memoryBytes(),
                reserved,
                usage.guestMemoryBytes(),
                usage.residentBytes(),
                usage.cpuShare(),
                told == null ? placed : told.instances().size(),
                description == null ? new TreeMap<>() : description.labels(),
                description == null ? List.of() : description.interfaces(),
                description == null ? "" : description.ingressUrl(),
                node.joinedAt(),
                lastSeen.truncatedTo(ChronoUnit.MILLIS));
    }

    private static String sentence(NodeId id, NodeState state, @Nullable NodeFacts told, Instant now) {
        String silence = told == null
                ? "has not been heard since this server started"
                : "has been silent for "
                        + Math.max(0, Duration.between(told.lastHeardAt(), now).toSeconds()) + " s";
        return switch (state) {
            case READY -> "Node " + id + " is connected and takes instances.";
            case SUSPECTED -> "Node " + id + " " + silence + "; nothing new is placed there until it is heard again.";
            case LOST ->
                told != null && told.ending()
                        ? "The agent of node " + id + " was told to end: start it again, or delete the node."
                        : "Node " + id + " " + silence
                                + " and counts as lost: check its agent and the network, or delete the node.";
        };
    }

    private static NodeView.State state(NodeState state) {
        return switch (state) {
            case READY -> NodeView.State.READY;
            case SUSPECTED -> NodeView.State.SUSPECTED;
            case LOST -> NodeView.State.LOST;
        };
    }
}
