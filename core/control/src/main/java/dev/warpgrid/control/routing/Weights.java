package dev.warpgrid.control.routing;

import dev.warpgrid.model.RevisionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whole percentages that sum to a whole, by largest remainder; whoever has a part at all gets at least one percent. */
final class Weights {
    static final int WHOLE = 100;

    private Weights() {}

    static SortedMap<RevisionId, Integer> only(RevisionId revision) {
        SortedMap<RevisionId, Integer> weights = new TreeMap<>();
        weights.put(revision, WHOLE);
        return weights;
    }

    /** By running instances; while none runs, all to the one with the most so far, or else to the newest. */
    static SortedMap<RevisionId, Integer> byCount(
            SortedMap<RevisionId, Integer> counts, @Nullable SortedMap<RevisionId, Integer> soFar) {
        SortedMap<RevisionId, Integer> running = new TreeMap<>(counts);
        running.values().removeIf(count -> count == 0);
        if (!running.isEmpty()) {
            return scaled(running, WHOLE);
        }
        RevisionId best = counts.lastKey();
        int most = 0;
        if (soFar != null) {
            for (Map.Entry<RevisionId, Integer> share : soFar.entrySet()) {
                if (counts.containsKey(share.getKey()) && share.getValue() > most) {
                    best = share.getKey();
                    most = share.getValue();
                }
            }
        }
        return only(best);
    }

    /** @param parts positive, at least one */
    static SortedMap<RevisionId, Integer> scaled(SortedMap<RevisionId, Integer> parts, int whole) {
        long sum = parts.values().stream().mapToLong(Integer::longValue).sum();
        SortedMap<RevisionId, Integer> result = new TreeMap<>();
        int left = whole;
        List<RevisionId> byRemainder = new ArrayList<>();
        for (Map.Entry<RevisionId, Integer> part : parts.entrySet()) {
            int share = (int) (whole * (long) part.getValue() / sum);
            result.put(part.getKey(), share);
            byRemainder.add(part.getKey());
            left -= share;
        }
        byRemainder.sort(
                Comparator.comparingLong((RevisionId revision) -> whole * (long) parts.getOrDefault(revision, 0) % sum)
                        .reversed()
                        .thenComparing(Comparator.reverseOrder()));
        for (int i = 0; i < left; i++) {
            result.merge(byRemainder.get(i), 1, Integer::sum);
        }
        return giveEachAShare(result);
    }

    private static SortedMap<RevisionId, Integer> giveEachAShare(SortedMap<RevisionId, Integer> weights) {
        for (RevisionId revision : List.copyOf(weights.keySet())) {
            RevisionId richest = richest(weights);
            if (weights.getOrDefault(revision, 0) == 0 && weights.getOrDefault(richest, 0) > 1) {
                weights.merge(richest, -1, Integer::sum);
                weights.put(revision, 1);
            }
        }
        return weights;
    }

    private static RevisionId richest(SortedMap<RevisionId, Integer> weights) {
        RevisionId richest = weights.firstKey();
        for (Map.Entry<RevisionId, Integer> other : weights.entrySet()) {
            richest = other.getValue() > weights.getOrDefault(richest, 0) ? other.getKey() : richest;
        }
        return richest;
    }
}
