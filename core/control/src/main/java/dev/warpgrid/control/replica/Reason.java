package dev.warpgrid.control.replica;

import dev.warpgrid.control.placement.NodeVerdict;
import dev.warpgrid.model.DeploymentId;
import java.util.List;

/**
 * Why something was done or was not.
 *
 * @param sentence cause and, where it was refused, remedy
 * @param verdicts of each node, where one was to be chosen
 */
public record Reason(DeploymentId deployment, Kind kind, String sentence, List<NodeVerdict> verdicts) {
    public Reason {
        verdicts = List.copyOf(verdicts);
    }

    /** What the reason is for. */
    public enum Kind {
        PLACED,
        REMOVED,
        REPLACED,
        /** No node will do. */
        UNPLACEABLE,
        /** Something else has to happen first. */
        WAITING
    }
}
