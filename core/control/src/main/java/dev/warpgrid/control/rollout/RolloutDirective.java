package dev.warpgrid.control.rollout;

import dev.warpgrid.control.routing.RouteShares;
import dev.warpgrid.control.snapshot.RevisionSpec;
import org.jspecify.annotations.Nullable;

/**
 * How many instances of which revision there are to be.
 *
 * @param target the revision new instances are of
 * @param baseline the one that is kept beside it; null for none
 * @param wantedBaseline how many of it are kept, and started again where they are lost
 * @param ceiling instances of all revisions together that may stand while older ones are replaced
 * @param maxUnavailable how many of those asked for may be missing meanwhile
 * @param shares what share of the requests each gets
 */
public record RolloutDirective(
        RevisionSpec target,
        int wantedTarget,
        @Nullable RevisionSpec baseline,
        int wantedBaseline,
        int ceiling,
        int maxUnavailable,
        RouteShares shares) {
    public RolloutDirective {
        if (wantedTarget < 0 || wantedBaseline < 0 || maxUnavailable < 0) {
            throw new IllegalArgumentException("Numbers of instances are not negative.");
        }
        if (baseline == null && wantedBaseline > 0) {
            throw new IllegalArgumentException("No instance is kept of a revision that is not there.");
        }
    }

    /** One revision alone: older instances are replaced by it, {@code surge} at a time. */
    public static RolloutDirective steady(RevisionSpec target, int instances, int surge) {
        return new RolloutDirective(target, instances, null, 0, instances + surge, 0, RouteShares.byInstances());
    }
}
