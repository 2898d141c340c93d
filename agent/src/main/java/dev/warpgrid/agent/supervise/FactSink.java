package dev.warpgrid.agent.supervise;

import dev.warpgrid.model.InstanceFact;

/** Takes what happens on the node, from any thread; must not block. */
public interface FactSink {
    void fact(InstanceFact fact);

    void event(NodeEvent event);

    void applied(long generation);
}
