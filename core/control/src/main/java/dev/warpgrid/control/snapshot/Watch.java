package dev.warpgrid.control.snapshot;

import java.time.Instant;

/**
 * How long nodes have been listened to without a gap.
 *
 * @param since when the present, unbroken watch began
 * @param graceUntil until when a node that was not heard since then is not yet lost
 */
public record Watch(Instant since, Instant graceUntil) {
    /** Nodes have to connect first, and wait longer and longer between their attempts. */
    public static Watch starting(ControlPolicy policy, Instant now) {
        return new Watch(now, now.plus(policy.reconnectGrace()));
    }

    /** The controller was away, and connections may have lasted: a node that lives is heard within its usual time. */
    public static Watch resuming(ControlPolicy policy, Watch before, Instant now) {
        Instant usual = now.plus(policy.lostAfter());
        return new Watch(now, usual.isAfter(before.graceUntil()) ? usual : before.graceUntil());
    }
}
