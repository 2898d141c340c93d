package dev.warpgrid.control.placement;

import dev.warpgrid.model.NodeId;
import java.util.List;

/** Where an instance goes, or why it goes nowhere. */
public sealed interface PlacementDecision {
    /** One for each known node, in order of node ids. */
    List<NodeVerdict> verdicts();

    /** @param sentence why there */
    record Placed(NodeId node, String sentence, List<NodeVerdict> verdicts) implements PlacementDecision {
        public Placed {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** @param sentence cause and remedy */
    record Unplaceable(String sentence, List<NodeVerdict> verdicts) implements PlacementDecision {
        public Unplaceable {
            verdicts = List.copyOf(verdicts);
        }
    }
}
