package dev.warpgrid.agent.mesh;

import dev.warpgrid.model.RevisionId;
import java.util.concurrent.atomic.AtomicInteger;

/** A revision on another node. Thread-safe. */
final class Endpoint {
    final RevisionId revision;
    final Peer peer;
    final SetAside aside = new SetAside();
    final AtomicInteger inFlight = new AtomicInteger();
    private volatile int instances;

    Endpoint(RevisionId revision, Peer peer, int instances) {
        this.revision = revision;
        this.peer = peer;
        this.instances = instances;
    }

    int instances() {
        return instances;
    }

    void instances(int count) {
        instances = count;
    }

    boolean takesRequests(long nowNanos) {
        return !aside.isAside(nowNanos) && !peer.aside.isAside(nowNanos);
    }
}
