package dev.warpgrid.server.observe;

import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One reader's lines from all nodes of a deployment. Lines are held for a moment and then handed over in the order of
 * their time; at most {@value #CAPACITY} are held, and the oldest give way and are counted when the reader is too slow.
 */
final class LogFeed implements Subscription {
    static final int CAPACITY = LogQuery.MAXIMUM_TAIL + 10_000;
    static final int MAXIMUM_BATCH = 500;
    /** How long nodes may take to send all their stored lines to a reader that ends there. */
    static final Duration GATHER_ALL = Duration.ofSeconds(5);
    /** How long they may take to send the first of them to a reader that follows; those without lines send nothing. */
    static final Duration GATHER_FIRST = Duration.ofMillis(500);
    /** Instances whose newest line is remembered, so that a node that comes back repeats nothing. */
    static final int MAXIMUM_INSTANCES = 10_000;
    /** How long a line waits for earlier ones of other nodes. */
    static final Duration SETTLE = Duration.ofMillis(100);

    private static final Comparator<LogLine> ORDER = Comparator.comparing(LogLine::at)
            .thenComparing(LogLine::node)
            .thenComparing(LogLine::instance)
            .thenComparingLong(LogLine::sequence);

    final DeploymentId deployment;
    final LogQuery query;
    private final LogListener listener;
    private final Runnable onClose;
    /** Nodes that were asked, by the number they were asked with. */
    private final SortedMap<Long, NodeId> asked = new TreeMap<>();

    private final SortedSet<Long> silent = new TreeSet<>();
    private final SortedSet<Long> unfinished = new TreeSet<>();
    private List<LogLine> held = new ArrayList<>();
    private long dropped;
    private final Map<InstanceId, Long> delivered = new LinkedHashMap<>();
    private final long gatherUntilNanos;
    private boolean gathering = true;
    private @Nullable Instant newest;
    private boolean closed;

    LogFeed(DeploymentId deployment, LogQuery query, LogListener listener, Runnable onClose) {
        this.deployment = deployment;
        this.query = query;
        this.listener = listener;
        this.onClose = onClose;
        this.gatherUntilNanos = System.nanoTime() + (query.follow() ? GATHER_FIRST : GATHER_ALL).toNanos();
    }

    synchronized void asked(long subscription, NodeId node) {
        asked.put(subscription, node);
        silent.add(subscription);
        unfinished.add(subscription);
    }

    /** The node went away or could not be asked; it may be asked again. */
    synchronized void gone(long subscription) {
        asked.remove(subscription);
        silent.remove(subscription);
        unfinished.remove(subscription);
        notifyAll();
    }

    synchronized boolean asks(NodeId node) {
        return asked.containsValue(node);
    }

    synchronized SortedMap<Long, NodeId> asked() {
        return new TreeMap<>(asked);
    }

    /** After which moment a node that comes back is asked again; null where no line came yet. */
    synchronized @Nullable Instant newest() {
        return newest;
    }

    synchronized void add(long subscription, NodeId from, List<LogLine> lines, long lost) {
        if (closed || !from.equals(asked.get(subscription))) {
            return;
        }
        silent.remove(subscription);
        lines.stream()
                .filter(line -> line.sequence() > delivered.getOrDefault(line.instance(), 0L))
                .forEach(held::add);
        dropped += lost;
        int tooMany = held.size() - CAPACITY;
        if (tooMany > 0) {
            held.sort(ORDER);
            held = new ArrayList<>(held.subList(tooMany, held.size()));
            dropped += tooMany;
        }
        notifyAll();
    }

    synchronized void ended(long subscription) {
        silent.remove(subscription);
        unfinished.remove(subscription);
        notifyAll();
    }

    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
            notifyAll();
        }
        if (first) {
            onClose.run();
        }
    }

    /** Hands lines over until closed or, where the query does not follow, all is sent. Runs on a thread of its own. */
    void run() {
        try {
            for (Batch batch = next(); batch != null; batch = next()) {
                for (int from = 0; from < Math.max(1, batch.lines().size()); from += MAXIMUM_BATCH) {
                    int to = Math.min(batch.lines().size(), from + MAXIMUM_BATCH);
                    listener.lines(batch.lines().subList(from, to), from == 0 ? batch.dropped() : 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            listener.end();
        }
    }

    private record Batch(List<LogEntry> lines, long dropped) {}

    /** Null at the end. */
    private @Nullable Batch next() throws InterruptedException {
        gather();
        synchronized (this) {
            while (!closed && held.isEmpty() && dropped == 0 && (query.follow() || !unfinished.isEmpty())) {
                wait();
            }
            if (closed || (held.isEmpty() && dropped == 0)) {
                return null;
            }
        }
        if (query.follow()) {
            settle();
        }
        return take();
    }

    /** The stored lines come first: waits until each node has sent some, or all of them where the query ends there. */
    private synchronized void gather() throws InterruptedException {
        while (gathering && !closed) {
            long leftNanos = gatherUntilNanos - System.nanoTime();
            boolean complete = query.follow() ? silent.isEmpty() : unfinished.isEmpty();
            if (complete || leftNanos <= 0) {
                gathering = false;
                if (!query.follow()) {
                    // Whoever has not answered by now is not waited for.
                    unfinished.clear();
                }
                held.sort(ORDER);
                int tooMany = held.size() - query.tail();
                if (tooMany > 0 && query.since() == null) {
                    held = new ArrayList<>(held.subList(tooMany, held.size()));
                }
                return;
            }
            wait(leftNanos / 1_000_000 + 1);
        }
    }

    private synchronized void settle() throws InterruptedException {
        long until = System.nanoTime() + SETTLE.toNanos();
        for (long left = SETTLE.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }

    private synchronized Batch take() {
        held.sort(ORDER);
        List<LogEntry> entries = held.stream().map(LogFeed::entry).toList();
        if (!held.isEmpty()) {
            Instant last = held.getLast().at();
            newest = newest == null || last.isAfter(newest) ? last : newest;
        }
        held.forEach(line -> delivered.merge(line.instance(), line.sequence(), Long::max));
        while (delivered.size() > MAXIMUM_INSTANCES) {
            delivered.remove(delivered.keySet().iterator().next());
        }
        Batch batch = new Batch(entries, dropped);
        held = new ArrayList<>();
        dropped = 0;
        return batch;
    }

    private static LogEntry entry(LogLine line) {
        return new LogEntry(
                line.at(),
                line.instance().value(),
                line.revision().number(),
                line.node().value(),
                line.sequence(),
                line.stream().name().toLowerCase(Locale.ROOT),
                line.level().name().toLowerCase(Locale.ROOT),
                line.text());
    }
}
