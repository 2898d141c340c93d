package dev.warpgrid.control.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the new revision has to keep to while it takes over.
 *
 * @param maximumErrorPercent answers 500 to 599 of all; null for no such gate
 * @param maximumP99 of the time to answer; null for no such gate
 * @param minimumRequests fewer than these prove nothing: the step waits for more, or for somebody to promote
 */
public record Gates(
        @Nullable Double maximumErrorPercent, @Nullable Duration maximumP99, long minimumRequests) {
    public static final long DEFAULT_MINIMUM_REQUESTS = 20;
    private static final Gates NONE = new Gates(null, null, DEFAULT_MINIMUM_REQUESTS);

    public Gates {
        if (maximumErrorPercent != null && !(maximumErrorPercent >= 0 && maximumErrorPercent <= 100)) {
            throw new IllegalArgumentException(
                    "An error rate lies between 0 and 100 percent, and this one is " + maximumErrorPercent + ".");
        }
        if (maximumP99 != null && !maximumP99.isPositive()) {
            throw new IllegalArgumentException("A latency is longer than nothing, and this one is " + maximumP99 + ".");
        }
        if (minimumRequests < 1) {
            throw new IllegalArgumentException(
                    "At least one request proves something, and this asks for " + minimumRequests + ".");
        }
    }

    public static Gates none() {
        return NONE;
    }

    /** Whether anything is demanded. */
    public boolean any() {
        return maximumErrorPercent != null || maximumP99 != null;
    }
}
