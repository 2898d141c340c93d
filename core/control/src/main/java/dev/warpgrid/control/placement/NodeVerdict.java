package dev.warpgrid.control.placement;

import dev.warpgrid.model.NodeId;
import java.util.List;

/**
 * What the scheduler thinks of one node.
 *
 * @param vetoes one sentence for each reason why not; empty where the node will do
 * @param scores what speaks for it; empty where it was vetoed
 */
public record NodeVerdict(NodeId node, List<String> vetoes, List<Score> scores) {
    public NodeVerdict {
        vetoes = List.copyOf(vetoes);
        scores = List.copyOf(scores);
    }

    /** @param points 0 to 100, times the weight of its kind */
    public record Score(String kind, long points) {}

    public boolean feasible() {
        return vetoes.isEmpty();
    }

    public long total() {
        return scores.stream().mapToLong(Score::points).sum();
    }
}
