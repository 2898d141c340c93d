package dev.warpgrid.agent.ingress;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Any free port for the servers of several event loops together. To Vert.x 0 is another port for each of them, and a negative
 * number is one port for all that name the same number.
 */
final class FreePort {
    private static final AtomicInteger LAST = new AtomicInteger();

    private FreePort() {}

    /** @return the port itself, or where it is 0 a number that stands for a free one and was never given before */
    static int of(int port) {
        return port == 0 ? LAST.decrementAndGet() : port;
    }
}
