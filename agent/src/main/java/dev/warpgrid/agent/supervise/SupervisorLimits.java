package dev.warpgrid.agent.supervise;

import java.time.Duration;

/**
 * Bounds of the supervisor.
 *
 * @param guestMemoryBytes of all instances together; at this no further instance starts
 * @param starters threads that prepare revisions and start instances
 * @param fetches artifacts fetched side by side
 * @param drain how long an instance may finish its requests
 * @param fetchRetry base of the wait after a failed fetch
 */
public record SupervisorLimits(long guestMemoryBytes, int starters, int fetches, Duration drain, Duration fetchRetry) {
    public SupervisorLimits {
        if (guestMemoryBytes < 1 || starters < 1 || fetches < 1) {
            throw new IllegalArgumentException("A supervisor needs memory for guests, one starter and one fetch.");
        }
    }

    public static SupervisorLimits of(long guestMemoryBytes) {
        return new SupervisorLimits(guestMemoryBytes, 2, 4, Duration.ofSeconds(10), Duration.ofSeconds(1));
    }
}
