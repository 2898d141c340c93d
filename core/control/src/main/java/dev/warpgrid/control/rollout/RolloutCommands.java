package dev.warpgrid.control.rollout;

/**
 * What people asked of a rollout under way.
 *
 * @param promotions how often somebody asked for the next step
 * @param promotedWholly all steps that are left are to be passed over
 * @param abortedBy who wants the former revision back; empty for nobody
 * @param retried a rollout that was given up is to be tried again
 */
public record RolloutCommands(
        boolean paused, int promotions, boolean promotedWholly, String abortedBy, boolean retried) {
    private static final RolloutCommands NONE = new RolloutCommands(false, 0, false, "", false);

    public static RolloutCommands none() {
        return NONE;
    }

    public boolean aborted() {
        return !abortedBy.isEmpty();
    }
}
