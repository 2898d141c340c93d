package dev.warpgrid.server.control;

import java.time.Duration;

/** Lets one thread sleep until something happens. Any number of calls while it works make it run once more. */
final class Wake {
    private boolean raised;

    synchronized void raise() {
        raised = true;
        notifyAll();
    }

    synchronized void await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = deadline - System.nanoTime();
        while (!raised && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
        raised = false;
    }
}
