package dev.warpgrid.control.rollout;

/** What agents counted for one revision since its step holds. */
public record RevisionMeasure(long requests, long serverErrors, double p99Millis) {
    private static final RevisionMeasure NONE = new RevisionMeasure(0, 0, 0);

    public static RevisionMeasure none() {
        return NONE;
    }

    public double errorPercent() {
        return requests == 0 ? 0 : 100.0 * serverErrors / requests;
    }
}
