package dev.warpgrid.server.observe;

import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that became known.
 *
 * @param kind what it was
 * @param transitions instances whose state or restarts changed
 */
public record FactChange(NodeId node, Kind kind, List<Transition> transitions) {
    public FactChange {
        transitions = List.copyOf(transitions);
    }

    /** Why something became known. */
    public enum Kind {
        CONNECTED,
        DISCONNECTED,
        FACTS,
        APPLIED
    }

    /** @param before null where nothing was known of the instance */
    public record Transition(@Nullable InstanceFact before, InstanceFact now) {}
}
