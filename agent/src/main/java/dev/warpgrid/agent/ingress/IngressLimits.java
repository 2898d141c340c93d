package dev.warpgrid.agent.ingress;

import java.time.Duration;

/**
 * Bounds of what clients may send and have under way.
 *
 * @param headerBytes all headers of one request
 * @param requestLineBytes method, target and version
 * @param bodyBytes one request's body
 * @param requestWindowBytes of one body held for a guest that has not read it yet
 * @param responseWindowBytes of one answer held for a client that has not taken it yet
 * @param batchBytes of an answer carried to the event loop at once
 * @param connections open at the same time
 * @param waitingRequests of one event loop that no place takes at the moment although one is expected to
 * @param longestWait of one of them
 * @param idle after which a connection that sends no request is closed; one with a request under way never is
 */
public record IngressLimits(
        int headerBytes,
        int requestLineBytes,
        long bodyBytes,
        int requestWindowBytes,
        int responseWindowBytes,
        int batchBytes,
        int connections,
        int waitingRequests,
        Duration longestWait,
        Duration idle) {
    public IngressLimits {
        if (headerBytes < 1024 || requestLineBytes < 256 || bodyBytes < 0 || connections < 1) {
            throw new IllegalArgumentException(
                    "The ingress needs 1 KiB of headers, 256 bytes of request line and one connection at least.");
        }
        if (batchBytes < 1 || responseWindowBytes < batchBytes || requestWindowBytes < 1) {
            throw new IllegalArgumentException("A batch of the ingress cannot be larger than its window.");
        }
    }

    public static IngressLimits defaults() {
        return new IngressLimits(
                32 << 10,
                8 << 10,
                1L << 30,
                128 << 10,
                256 << 10,
                32 << 10,
                20_000,
                1024,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5));
    }

    /** For a grid of one node, or a test that waits for nothing. */
    public IngressLimits(
            int headerBytes,
            int requestLineBytes,
            long bodyBytes,
            int requestWindowBytes,
            int responseWindowBytes,
            int batchBytes,
            int connections,
            Duration idle) {
        this(
                headerBytes,
                requestLineBytes,
                bodyBytes,
                requestWindowBytes,
                responseWindowBytes,
                batchBytes,
                connections,
                0,
                Duration.ZERO,
                idle);
    }
}
