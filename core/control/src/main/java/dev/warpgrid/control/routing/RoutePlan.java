package dev.warpgrid.control.routing;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a step decided about routes.
 *
 * @param shares of each deployment; by instances where there is none
 * @param retiring instances that are to go next: requests are led away from them first
 */
public record RoutePlan(SortedMap<DeploymentId, RouteShares> shares, SortedSet<InstanceId> retiring) {
    private static final RoutePlan NONE = new RoutePlan(new TreeMap<>(), new TreeSet<>());

    public RoutePlan {
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
        retiring = Collections.unmodifiableSortedSet(new TreeSet<>(retiring));
    }

    public static RoutePlan none() {
        return NONE;
    }

    RouteShares sharesOf(DeploymentId deployment) {
        return shares.getOrDefault(deployment, RouteShares.byInstances());
    }
}
