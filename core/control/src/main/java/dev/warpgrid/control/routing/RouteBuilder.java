package dev.warpgrid.control.routing;

import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The routes of one node to its own instances: each host and path of a deployment leads to one revision of it. They are what
 * a node goes by until it has the routes of the grid ({@link GridRoutesBuilder}), and for what those do not name.
 */
public final class RouteBuilder {
    private static final int WHOLE = 100;

    private RouteBuilder() {}

    /**
     * Which revision each deployment's requests go to on a node. The newest whose instances there answer in at least the
     * number of any older one; while none answers, the one served so far or else the newest placed.
     */
    public static SortedMap<DeploymentId, RevisionId> served(GridSnapshot snapshot, NodeId node) {
        SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> running = new TreeMap<>();
        for (PlacedInstance instance : snapshot.placementsOn(node)) {
            RevisionId revision = instance.placement().revision();
            running.computeIfAbsent(revision.deployment(), _ -> new TreeMap<>())
                    .merge(revision, instance.isObservedAs(InstanceState.RUNNING) ? 1 : 0, Integer::sum);
        }
        NodeSnapshot known = snapshot.nodes().get(node);
        SortedMap<DeploymentId, RevisionId> soFar = known == null ? Collections.emptySortedMap() : known.served();
        SortedMap<DeploymentId, RevisionId> served = new TreeMap<>();
        running.forEach((deployment, counts) ->
                served.put(deployment, RevisionShares.newestWithMost(counts, soFar.get(deployment))));
        return served;
    }

    /** In order of host and path. Where two deployments claim the same host and path, the first by id has it. */
    public static List<Route> build(GridSnapshot snapshot, SortedMap<DeploymentId, RevisionId> served) {
        SortedSet<Route> routes = new TreeSet<>();
        served.values().forEach(revision -> {
            RevisionSpec spec = snapshot.revisions().get(revision);
            if (spec != null) {
                for (String host : spec.hosts()) {
                    for (String path : spec.paths()) {
                        routes.add(new Route(host, path, List.of(new RouteTarget(revision, WHOLE))));
                    }
                }
            }
        });
        return List.copyOf(routes);
    }
}
