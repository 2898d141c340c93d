package dev.warpgrid.agent.reconcile;

import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is on this node at one moment.
 *
 * @param routes those the ingress follows
 */
public record Actual(
        SortedMap<RevisionId, RevisionStatus> revisions,
        SortedMap<InstanceId, InstanceStatus> instances,
        List<Route> routes) {
    public Actual {
        revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
        routes = List.copyOf(routes);
    }

    public static Actual nothing() {
        return new Actual(new TreeMap<>(), new TreeMap<>(), List.of());
    }
}
