package dev.warpgrid.control.snapshot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the controller knows of a node. */
public enum NodeState {
    /** Heard lately. */
    READY,
    /** Silent, or not yet heard since the controller began to watch: nothing is placed there, nothing is taken away. */
    SUSPECTED,
    /** Silent for so long that its instances are replaced elsewhere. */
    LOST;

    /**
     * Judges a node by its silence alone. What was heard before the controller began to watch proves nothing about the
     * time in which nobody listened, so such a node gets the whole grace.
     *
     * @param lastHeardAt null where the node was never heard by this server
     */
    public static NodeState judge(ControlPolicy policy, @Nullable Instant lastHeardAt, Watch watch, Instant now) {
        if (lastHeardAt == null || lastHeardAt.isBefore(watch.since())) {
            if (!now.isBefore(watch.graceUntil())) {
                return LOST;
            }
            boolean fresh = lastHeardAt != null && now.isBefore(lastHeardAt.plus(policy.suspectedAfter()));
            return fresh ? READY : SUSPECTED;
        }
        if (now.isBefore(lastHeardAt.plus(policy.suspectedAfter()))) {
            return READY;
        }
        return now.isBefore(lastHeardAt.plus(policy.lostAfter())) ? SUSPECTED : LOST;
    }
}
