package dev.warpgrid.agent.ingress;

import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this node can answer by itself.
 *
 * @param routes of its desired state
 */
public record LocalRoutes(List<Route> routes, SortedMap<RevisionId, LocalRevision> revisions) {
    public LocalRoutes {
        routes = List.copyOf(routes);
        revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
    }

    public static LocalRoutes none() {
        return new LocalRoutes(List.of(), new TreeMap<>());
    }

    /** The table of a node that serves its own instances only. */
    public RouteTable table() {
        Map<RevisionId, LocalRevision> known = revisions;
        return RouteTable.of(
                routes, revision -> Optional.ofNullable(known.get(revision)).map(LocalRevision::target));
    }
}
