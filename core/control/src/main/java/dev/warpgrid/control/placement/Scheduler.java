package dev.warpgrid.control.placement;

import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Chooses a node for one instance. Filters: the node is ready, provides what the component imports and has the memory.
 * Scores, highest first: few instances of the same deployment, no failure of this revision there, already serving the
 * deployment, free memory. Equal nodes: the first by id.
 */
public final class Scheduler {
    private static final int SPREAD_WEIGHT = 100;
    private static final int FAILURE_WEIGHT = 400;
    private static final int SERVING_WEIGHT = 2;

    private Scheduler() {}

    /**
     * @param serving nodes that serve the deployment by outdated instances only, where a new one keeps it served
     * @param failed nodes this revision could not run on lately
     */
    public static PlacementDecision place(
            GridSnapshot snapshot,
            Ledger ledger,
            RevisionSpec revision,
            SortedSet<NodeId> serving,
            SortedSet<NodeId> failed) {
        List<NodeVerdict> verdicts = new ArrayList<>();
        NodeVerdict best = null;
        for (NodeSnapshot node : snapshot.nodes().values()) {
            List<String> vetoes = vetoes(node, ledger, revision);
            NodeVerdict verdict = vetoes.isEmpty()
                    ? new NodeVerdict(node.id(), vetoes, scores(node, ledger, revision, serving, failed))
                    : new NodeVerdict(node.id(), vetoes, List.of());
            verdicts.add(verdict);
            if (verdict.feasible() && (best == null || verdict.total() > best.total())) {
                best = verdict;
            }
        }
        return best == null
                ? new PlacementDecision.Unplaceable(refusal(revision, verdicts), verdicts)
                : new PlacementDecision.Placed(best.node(), choice(best), verdicts);
    }

    private static List<String> vetoes(NodeSnapshot node, Ledger ledger, RevisionSpec revision) {
        List<String> vetoes = new ArrayList<>();
        switch (node.state()) {
            case READY -> {}
            case SUSPECTED -> vetoes.add("it has not been heard for a moment");
            case LOST -> vetoes.add("it is lost");
        }
        List<String> missing = InterfaceMatch.missing(revision.imports(), node.interfaces());
        if (!missing.isEmpty()) {
            vetoes.add("it does not provide " + String.join(", ", missing));
        }
        long free = node.memoryBytes() - ledger.reservedBytes(node.id());
        if (revision.memoryBytes() > free) {
            vetoes.add("it has " + people(Math.max(0, free)) + " of " + people(node.memoryBytes())
                    + " memory left and the instance needs " + people(revision.memoryBytes()));
        }
        return vetoes;
    }

    private static List<NodeVerdict.Score> scores(
            NodeSnapshot node,
            Ledger ledger,
            RevisionSpec revision,
            SortedSet<NodeId> serving,
            SortedSet<NodeId> failed) {
        int alreadyThere = ledger.instances(node.id(), revision.id().deployment());
        long free = node.memoryBytes() - ledger.reservedBytes(node.id()) - revision.memoryBytes();
        long freeShare = node.memoryBytes() == 0 ? 0 : (long) (100.0 * free / node.memoryBytes());
        return List.of(
                new NodeVerdict.Score("spread", (long) SPREAD_WEIGHT * (100 / (1 + alreadyThere))),
                new NodeVerdict.Score("no failure here", failed.contains(node.id()) ? 0 : FAILURE_WEIGHT * 100L),
                new NodeVerdict.Score("serves it already", serving.contains(node.id()) ? SERVING_WEIGHT * 10_000L : 0),
                new NodeVerdict.Score("free memory", freeShare));
    }

    private static String choice(NodeVerdict best) {
        return "Node " + best.node() + " has the highest score: "
                + best.scores().stream()
                        .map(score -> score.kind() + " " + score.points())
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String refusal(RevisionSpec revision, List<NodeVerdict> verdicts) {
        if (verdicts.isEmpty()) {
            return "No node can run " + revision.id() + " because the grid has none: start an agent with a join token.";
        }
        String causes = verdicts.stream()
                .map(verdict -> verdict.node() + ": " + String.join(" and ", verdict.vetoes()))
                .collect(Collectors.joining("; "));
        return "No node can run an instance of " + revision.id() + " (" + causes + "): " + remedy(verdicts) + ".";
    }

    private static String remedy(List<NodeVerdict> verdicts) {
        boolean memoryOnly = verdicts.stream()
                .anyMatch(verdict -> verdict.vetoes().size() == 1
                        && verdict.vetoes().getFirst().contains("memory left"));
        if (memoryOnly) {
            return "lower the memory limit, free memory or add a node";
        }
        boolean interfaceOnly = verdicts.stream()
                .anyMatch(verdict -> verdict.vetoes().stream().anyMatch(veto -> veto.contains("does not provide")));
        return interfaceOnly
                ? "add a node whose agent provides these interfaces, or build without them"
                : "bring a node back or add one";
    }

    /** Rounded for people; the exact figures are in the node's view. */
    private static String people(long bytes) {
        long mebibytes = bytes >> 20;
        return mebibytes > 0 ? mebibytes + "MiB" : new ByteSize(bytes).toString();
    }
}
