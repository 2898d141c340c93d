package dev.warpgrid.control.routing;

import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Observation;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.RouteTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the whole grid, one group for each deployment: its hosts and paths, the shares of its revisions and the
 * nodes that answer for them.
 *
 * <p>Endpoints are the nodes heard lately on which instances run. Only where a deployment has none of those, the nodes that
 * are silent but not lost count: they may answer while the server just does not hear them, and who finds them dead goes
 * elsewhere by itself. A node not yet heard since the controller began is taken to run what is placed there, so that a
 * restart of the server takes no route away.
 */
public final class GridRoutesBuilder {
    /** An instance that crashed no more often than this is likely to come back at once. */
    static final int HOPEFUL_RESTARTS = 2;

    private GridRoutesBuilder() {}

    /**
     * The table after a snapshot. What is beyond {@link GridRoutes#MOST_GROUPS} and {@link GridRoutes#MOST_PEERS} is left
     * out, the last in order first.
     *
     * @param peers the nodes of the grid that take requests from others
     * @param previous the table before, for the shares so far
     */
    public static GridRoutes build(
            GridSnapshot snapshot, SortedMap<NodeId, MeshPeer> peers, RevisionShares shares, GridRoutes previous) {
        return build(snapshot, peers, shares, Collections.emptySortedSet(), previous);
    }

    /**
     * As above.
     *
     * @param retiring instances that are to go next: their revision gets no share for them, while others run
     */
    public static GridRoutes build(
            GridSnapshot snapshot,
            SortedMap<NodeId, MeshPeer> peers,
            RevisionShares shares,
            SortedSet<InstanceId> retiring,
            GridRoutes previous) {
        SortedMap<DeploymentId, Tally> tallies = new TreeMap<>();
        snapshot.deployments().keySet().forEach(id -> tallies.put(id, new Tally()));
        for (PlacedInstance instance : snapshot.placements().values()) {
            tallies.computeIfAbsent(instance.placement().revision().deployment(), _ -> new Tally())
                    .add(instance, snapshot.stateOf(instance.placement().node()), retiring);
        }
        SortedMap<DeploymentId, RouteGroup> groups = new TreeMap<>();
        tallies.forEach((deployment, tally) -> {
            if (groups.size() < GridRoutes.MOST_GROUPS) {
                groups.put(deployment, group(deployment, tally, snapshot, peers, shares, previous));
            }
        });
        SortedMap<NodeId, MeshPeer> known = new TreeMap<>();
        peers.forEach((node, peer) -> {
            if (known.size() < GridRoutes.MOST_PEERS) {
                known.put(node, peer);
            }
        });
        return new GridRoutes(groups, known);
    }

    private static RouteGroup group(
            DeploymentId deployment,
            Tally tally,
            GridSnapshot snapshot,
            SortedMap<NodeId, MeshPeer> peers,
            RevisionShares shares,
            GridRoutes previous) {
        SortedMap<RevisionId, SortedMap<NodeId, Integer>> answering = tally.answering();
        List<RouteEndpoint> endpoints = new ArrayList<>();
        answering.forEach((revision, nodes) -> nodes.forEach((node, count) -> {
            if (peers.containsKey(node)) {
                endpoints.add(new RouteEndpoint(revision, node, count));
            }
        }));
        SortedMap<RevisionId, Integer> running = new TreeMap<>();
        tally.placed.keySet().forEach(revision -> running.put(revision, 0));
        answering.forEach((revision, nodes) -> running.put(
                revision,
                Math.max(
                        0,
                        nodes.values().stream().mapToInt(Integer::intValue).sum()
                                - tally.leaving.getOrDefault(revision, 0))));
        List<RouteTarget> targets = running.isEmpty()
                ? List.of()
                : shares.of(deployment, running, sharesSoFar(previous.groups().get(deployment))).entrySet().stream()
                        .map(share -> new RouteTarget(share.getKey(), share.getValue()))
                        .toList();
        return new RouteGroup(deployment, routes(deployment, snapshot, targets), endpoints, tally.awaited);
    }

    private static SortedMap<RevisionId, Integer> sharesSoFar(@Nullable RouteGroup before) {
        SortedMap<RevisionId, Integer> soFar = new TreeMap<>();
        if (before != null && !before.routes().isEmpty()) {
            before.routes().getFirst().targets().forEach(target -> soFar.put(target.revision(), target.weight()));
        }
        return soFar;
    }

    private static List<Route> routes(DeploymentId deployment, GridSnapshot snapshot, List<RouteTarget> targets) {
        DeploymentIntent intent = snapshot.deployments().get(deployment);
        RevisionSpec spec = intent != null
                ? intent.current()
                : targets.isEmpty()
                        ? null
                        : snapshot.revisions().get(targets.getLast().revision());
        List<Route> routes = new ArrayList<>();
        if (spec != null) {
            for (String host : spec.hosts()) {
                for (String path : spec.paths()) {
                    routes.add(new Route(host, path, targets));
                }
            }
        }
        routes.sort(null);
        return routes;
    }

    /** What is known of one deployment's instances. */
    private static final class Tally {
        private final SortedMap<RevisionId, Integer> placed = new TreeMap<>();
        private final SortedMap<RevisionId, Integer> leaving = new TreeMap<>();
        private final SortedMap<RevisionId, SortedMap<NodeId, Integer>> heard = new TreeMap<>();
        private final SortedMap<RevisionId, SortedMap<NodeId, Integer>> silent = new TreeMap<>();
        private boolean awaited;

        void add(PlacedInstance instance, @Nullable NodeState state, SortedSet<InstanceId> retiring) {
            RevisionId revision = instance.placement().revision();
            NodeId node = instance.placement().node();
            placed.merge(revision, 1, Integer::sum);
            leaving.merge(revision, retiring.contains(instance.placement().instance()) ? 1 : 0, Integer::sum);
            if (state == null || state == NodeState.LOST) {
                return;
            }
            awaited |= isHopeful(instance.observation());
            boolean running = instance.isObservedAs(InstanceState.RUNNING);
            if (state == NodeState.READY && running) {
                count(heard, revision, node);
            } else if (state == NodeState.SUSPECTED && (running || instance.observation() == null)) {
                count(silent, revision, node);
            }
        }

        private static void count(
                SortedMap<RevisionId, SortedMap<NodeId, Integer>> where, RevisionId revision, NodeId node) {
            where.computeIfAbsent(revision, _ -> new TreeMap<>()).merge(node, 1, Integer::sum);
        }

        SortedMap<RevisionId, SortedMap<NodeId, Integer>> answering() {
            return heard.isEmpty() ? silent : heard;
        }

        private static boolean isHopeful(@Nullable Observation observation) {
            return observation == null
                    || switch (observation.state()) {
                        case PENDING, STARTING, RUNNING -> true;
                        case BACKING_OFF -> observation.restarts() <= HOPEFUL_RESTARTS;
                        case DRAINING, FAILED, STOPPED -> false;
                    };
        }
    }
}
