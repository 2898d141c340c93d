package dev.warpgrid.agent.ingress;

/**
 * Bounds how many requests are sent a second time, so that retries never multiply the load of a grid in trouble: a fifth
 * of the requests sent, with a reserve for the moment in which a busy node goes. On one event loop only.
 */
final class RetryBudget {
    static final int MOST = 1_000;
    private static final int PARTS_OF_A_RETRY = 5;

    private int parts = MOST * PARTS_OF_A_RETRY;

    /** A request was sent for the first time. */
    void sent() {
        parts = Math.min(MOST * PARTS_OF_A_RETRY, parts + 1);
    }

    /** @return whether a request may be sent again */
    boolean take() {
        if (parts < PARTS_OF_A_RETRY) {
            return false;
        }
        parts -= PARTS_OF_A_RETRY;
        return true;
    }
}
