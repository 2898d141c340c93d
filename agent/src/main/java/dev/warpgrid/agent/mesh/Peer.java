package dev.warpgrid.agent.mesh;

import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Another node, as this one has met it. Thread-safe. */
final class Peer {
    final NodeId node;
    final SetAside aside = new SetAside();
    final AtomicInteger inFlight = new AtomicInteger();
    final LongAdder sent = new LongAdder();
    final LongAdder failed = new LongAdder();
    private volatile MeshPeer address;

    Peer(MeshPeer address) {
        this.node = address.node();
        this.address = address;
    }

    MeshPeer address() {
        return address;
    }

    /** A node that moved deserves a fresh try. */
    void at(MeshPeer newest) {
        if (!newest.equals(address)) {
            address = newest;
            aside.clear();
        }
    }
}
