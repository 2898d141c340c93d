package dev.warpgrid.control.routing;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.RevisionId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What share of a deployment's requests goes to which of its revisions. The one place where weights are decided. */
@FunctionalInterface
public interface RevisionShares {
    int WHOLE = 100;

    /**
     * Shares in percent that sum to 100, or none at all where nobody may serve; revisions without a share are left out.
     *
     * @param running how many instances of each placed revision answer, which may be none; at least one revision
     * @param soFar the shares before; empty where there were none
     */
    SortedMap<RevisionId, Integer> of(
            DeploymentId deployment, SortedMap<RevisionId, Integer> running, SortedMap<RevisionId, Integer> soFar);

    /** As the controller's last step decided. */
    static RevisionShares by(RoutePlan plan) {
        return (deployment, running, soFar) -> RouteBuilder.weights(running, soFar, plan.sharesOf(deployment));
    }

    /** All to {@link #newestWithMost}. */
    static RevisionShares allToNewestWithMost() {
        return (deployment, running, soFar) -> {
            SortedMap<RevisionId, Integer> shares = new TreeMap<>();
            shares.put(newestWithMost(running, soFar.isEmpty() ? null : soFar.lastKey()), WHOLE);
            return shares;
        };
    }

    /**
     * The newest revision that answers in at least the number of any older one; while none answers, the one served so
     * far or else the newest.
     */
    static RevisionId newestWithMost(SortedMap<RevisionId, Integer> running, @Nullable RevisionId before) {
        int most = Collections.max(running.values());
        if (most == 0) {
            return before != null && running.containsKey(before) ? before : running.lastKey();
        }
        RevisionId newest = running.lastKey();
        for (Map.Entry<RevisionId, Integer> each : running.entrySet()) {
            if (each.getValue() == most) {
                newest = each.getKey();
            }
        }
        return newest;
    }
}
