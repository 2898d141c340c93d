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
import org.jspecify.annotations.Nullable;

/**
 * The routes of one node to its own instances: each host and path of a deployment leads to its revisions by their shares.
 * They are what a node goes by until it has the routes of the grid ({@link GridRoutesBuilder}), and for what those do not
 * name.
 */
public final class RouteBuilder {
    private RouteBuilder() {}

    /**
     * What share of each deployment's requests goes to which revision on a node, in percent. Instances that retire count
     * for nothing as long as others run. While none runs, all go to the one served so far or else to the newest placed.
     */
    public static SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> shares(
            GridSnapshot snapshot, NodeId node, RoutePlan plan) {
        SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> running = new TreeMap<>();
        for (PlacedInstance instance : snapshot.placementsOn(node)) {
            RevisionId revision = instance.placement().revision();
            boolean counts = instance.isObservedAs(InstanceState.RUNNING)
                    && !plan.retiring().contains(instance.placement().instance());
            running.computeIfAbsent(revision.deployment(), _ -> new TreeMap<>())
                    .merge(revision, counts ? 1 : 0, Integer::sum);
        }
        NodeSnapshot known = snapshot.nodes().get(node);
        SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> shares = new TreeMap<>();
        running.forEach((deployment, counts) -> {
            SortedMap<RevisionId, Integer> soFar =
                    known == null ? null : known.served().get(deployment);
            SortedMap<RevisionId, Integer> weights = weights(counts, soFar, plan.sharesOf(deployment));
            if (!weights.isEmpty()) {
                shares.put(deployment, weights);
            }
        });
        return shares;
    }

    /**
     * Shares in percent.
     *
     * @param counts how many instances of each placed revision run; at least one revision
     * @return empty where nobody may serve
     */
    static SortedMap<RevisionId, Integer> weights(
            SortedMap<RevisionId, Integer> counts, @Nullable SortedMap<RevisionId, Integer> soFar, RouteShares shares) {
        return switch (shares) {
            case RouteShares.ByInstances by -> favouring(Weights.byCount(counts, soFar), by.favoured(), by.minimum());
            case RouteShares.Prefer prefer ->
                counts.getOrDefault(prefer.revision(), 0) > 0
                        ? Weights.only(prefer.revision())
                        : Weights.byCount(counts, soFar);
            case RouteShares.Exact exact -> exactly(counts, soFar, exact);
        };
    }

    private static SortedMap<RevisionId, Integer> favouring(
            SortedMap<RevisionId, Integer> weights, @Nullable RevisionId favoured, int minimum) {
        Integer present = favoured == null ? null : weights.get(favoured);
        if (favoured == null || present == null || present >= minimum || weights.size() == 1) {
            return weights;
        }
        SortedMap<RevisionId, Integer> others = new TreeMap<>(weights);
        others.remove(favoured);
        SortedMap<RevisionId, Integer> result = Weights.scaled(others, Weights.WHOLE - minimum);
        result.put(favoured, minimum);
        return result;
    }

    private static SortedMap<RevisionId, Integer> exactly(
            SortedMap<RevisionId, Integer> counts,
            @Nullable SortedMap<RevisionId, Integer> soFar,
            RouteShares.Exact exact) {
        Integer running = counts.get(exact.revision());
        if (exact.weight() == Weights.WHOLE) {
            return running == null ? Collections.emptySortedMap() : Weights.only(exact.revision());
        }
        SortedMap<RevisionId, Integer> others = new TreeMap<>(counts);
        others.remove(exact.revision());
        if (others.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<RevisionId, Integer> rest = Weights.byCount(others, soFar);
        if (exact.weight() == 0 || running == null || running == 0) {
            return rest;
        }
        SortedMap<RevisionId, Integer> result = Weights.scaled(rest, Weights.WHOLE - exact.weight());
        result.put(exact.revision(), exact.weight());
        return result;
    }

    /** In order of host and path. Where two deployments claim the same host and path, the first by id has it. */
    public static List<Route> build(
            GridSnapshot snapshot, SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> shares) {
        SortedSet<Route> routes = new TreeSet<>();
        shares.values().forEach(weights -> {
            List<RouteTarget> targets = weights.entrySet().stream()
                    .map(share -> new RouteTarget(share.getKey(), share.getValue()))
                    .toList();
            RevisionSpec spec = snapshot.revisions().get(weights.lastKey());
            if (spec != null) {
                for (String host : spec.hosts()) {
                    for (String path : spec.paths()) {
                        routes.add(new Route(host, path, targets));
                    }
                }
            }
        });
        return List.copyOf(routes);
    }
}
