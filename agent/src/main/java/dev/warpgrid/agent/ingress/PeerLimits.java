package dev.warpgrid.agent.ingress;

import java.time.Duration;

/**
 * Bounds of the connections between nodes.
 *
 * @param connections to one node from each event loop
 * @param streams requests at once on one connection
 * @param waiting requests for one node that no connection has room for
 * @param streamWindowBytes of one body on its way; as much of a request's body is kept until its answer begins
 * @param headerBytes of one request or answer
 * @param connect how long a connection may take to open
 * @param silence without an answer to a ping after which a connection counts as broken
 */
public record PeerLimits(
        int connections,
        int streams,
        int waiting,
        int streamWindowBytes,
        int headerBytes,
        Duration connect,
        Duration silence) {
    public PeerLimits {
        if (connections < 1 || streams < 1 || waiting < 0 || streamWindowBytes < 1 || headerBytes < 1024) {
            throw new IllegalArgumentException(
                    "Nodes need one connection, one stream, a window and 1 KiB of headers at least.");
        }
    }

    public static PeerLimits defaults() {
        return new PeerLimits(2, 1_000, 1_024, 64 << 10, 384 << 10, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /** So large that requests whose bodies nobody reads hold up no other request. */
    public int connectionWindowBytes() {
        return streams * streamWindowBytes;
    }
}
