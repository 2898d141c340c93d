package dev.warpgrid.agent.ingress;

/** What became of a request that was turned away at least once, or was sent to another node. On its event loop only. */
final class Detours {
    /** Times a request is sent to another node at most: once, and twice again. */
    static final int MOST_SENDS = 3;
    /** Places asked one right after the other, until the request has to wait for the routes to change. */
    static final int MOST_AT_ONCE = 4;

    private int sends;
    private int atOnce;
    private long deadlineNanos;
    private boolean waits;

    void sent() {
        sends++;
    }

    boolean wasSent() {
        return sends > 0;
    }

    boolean maySendAgain() {
        return sends < MOST_SENDS;
    }

    /** @return false when it has to wait now */
    boolean atOnce() {
        return ++atOnce <= MOST_AT_ONCE;
    }

    /** It waits; its time began with the first wait. */
    void wait(long nowNanos, long mostNanos) {
        atOnce = 0;
        if (!waits) {
            waits = true;
            deadlineNanos = nowNanos + mostNanos;
        }
    }

    boolean late(long nowNanos) {
        return waits && nowNanos - deadlineNanos >= 0;
    }
}
