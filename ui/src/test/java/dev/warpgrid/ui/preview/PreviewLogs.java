package dev.warpgrid.ui.preview;

import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Lines as an HTTP component writes them. */
final class PreviewLogs {
    private static final List<String> PATHS =
            List.of("/", "/items/8841", "/cart", "/items/19", "/search?q=lamp", "/healthz", "/cart/checkout");

    private record Follower(PreviewDeployments.Entry entry, LogListener listener) {}

    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final AtomicLong sequence = new AtomicLong();

    void tick(PreviewDeployments deployments) {
        followers.stream()
                .filter(one -> deployments.entries().contains(one.entry()))
                .forEach(one -> one.listener().lines(lines(one.entry(), Instant.now(), 3), 0));
    }

    Subscription follow(PreviewDeployments.Entry entry, LogQuery query, LogListener listener) {
        List<LogEntry> past = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = Math.min(query.tail(), 120); i > 0; i -= 3) {
            past.addAll(lines(entry, now.minusMillis(i * 170L), 3));
        }
        listener.lines(past, 0);
        Follower follower = new Follower(entry, listener);
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    private List<LogEntry> lines(PreviewDeployments.Entry entry, Instant at, int count) {
        List<LogEntry> lines = new ArrayList<>();
        for (int i = 0; i < count && entry.ready > 0; i++) {
            int which = entry.traffic.nextIn(entry.ready);
            int kind = entry.traffic.nextIn(40);
            String level = kind == 0 ? "error" : kind < 4 ? "warn" : kind < 9 ? "debug" : "info";
            String path = PATHS.get(entry.traffic.nextIn(PATHS.size()));
            lines.add(new LogEntry(
                    at.plusMillis(entry.traffic.nextIn(160)),
                    PreviewInstances.id(entry, which),
                    entry.revision,
                    PreviewInstances.node(which),
                    sequence.incrementAndGet(),
                    level.equals("info") ? "stdout" : "logging",
                    level,
                    text(entry, level, path)));
        }
        return lines;
    }

    private static String text(PreviewDeployments.Entry entry, String level, String path) {
        return switch (level) {
            case "error" ->
                "GET " + path + " 502 upstream inventory closed the connection after 3000 ms, request not retried";
            case "warn" ->
                "slow answer: GET " + path + " took " + (180 + entry.traffic.nextIn(300)) + " ms, 90 ms are usual";
            case "debug" ->
                "cache hit key=" + Integer.toHexString(entry.traffic.nextIn(1 << 24)) + " age="
                        + entry.traffic.nextIn(60) + "s";
            default ->
                "GET " + path + " 200 " + (1 + entry.traffic.nextIn(14)) + "ms " + entry.traffic.nextIn(9000) + "B";
        };
    }
}
