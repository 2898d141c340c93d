package dev.warpgrid.control.rollout;

import dev.warpgrid.model.DeploymentId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the machine comes to.
 *
 * @param written states to write, in this order for each deployment: one that ends, then one that begins
 * @param directives of each deployment
 */
public record RolloutDecision(
        SortedMap<DeploymentId, List<RolloutState>> written,
        SortedMap<DeploymentId, RolloutDirective> directives,
        List<RolloutNote> notes) {
    public RolloutDecision {
        SortedMap<DeploymentId, List<RolloutState>> copy = new TreeMap<>();
        written.forEach((id, states) -> copy.put(id, List.copyOf(states)));
        written = Collections.unmodifiableSortedMap(copy);
        directives = Collections.unmodifiableSortedMap(new TreeMap<>(directives));
        notes = List.copyOf(new ArrayList<>(notes));
    }
}
