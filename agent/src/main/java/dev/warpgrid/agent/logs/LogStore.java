package dev.warpgrid.agent.logs;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * All lines of the node. One thread owns files, rings and readers, and takes lines and questions in one order, so that a
 * reader sees each line once between its stored and its new ones.
 */
public final class LogStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogStore.class.getName());
    private static final long IDLE_SECONDS = 1;

    /** One deployment's lines. The ring holds the newest. */
    private static final class Shelf {
        final LogSegments segments;
        final ArrayDeque<LogLine> ring = new ArrayDeque<>();
        boolean ringIsAll;

        Shelf(LogSegments segments) {
            this.segments = segments;
            this.ringIsAll = segments.bytes() == 0;
        }
    }

    private final Path folder;
    private final NodeId node;
    private final LogLimits limits;
    private final InstantSource clock;
    private final BiConsumer<InstanceLog, Long> whenDropped;
    /** Lines and {@link Runnable} questions. */
    private final BlockingQueue<Object> queue;

    private final Map<DeploymentId, Shelf> shelves = new TreeMap<>();
    private final List<LogReader> followers = new ArrayList<>();
    private final Map<InstanceId, InstanceLog> open = new ConcurrentHashMap<>();
    private final AtomicLong writeFailures = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    /** @param whenDropped told now and then of an instance's dropped lines and their number */
    public LogStore(
            Path folder, NodeId node, LogLimits limits, InstantSource clock, BiConsumer<InstanceId, Long> whenDropped) {
        this.folder = folder;
        this.node = node;
        this.limits = limits;
        this.clock = clock;
        this.whenDropped = (log, count) -> whenDropped.accept(log.instance(), count);
        this.queue = new ArrayBlockingQueue<>(limits.queuedLines());
        this.writer = Thread.ofPlatform().name("log-writer").daemon().start(this::write);
    }

    /** The log of an instance, which goes on with the sequence it had before. */
    public InstanceLog open(InstanceId instance, RevisionId revision) {
        long last = ask(() -> shelf(revision.deployment()).segments.lastSequence(instance));
        InstanceLog before = open.get(instance);
        if (before != null && before.revision().equals(revision)) {
            return before;
        }
        var log = new InstanceLog(node, instance, revision, last, limits, clock, queue::offer);
        open.put(instance, log);
        return log;
    }

    /** The instance is gone for good; its lines stay. */
    public void forget(InstanceId instance) {
        open.remove(instance);
    }

    /** The newest stored lines that pass, oldest first. */
    public List<LogLine> tail(LogFilter filter, int most) {
        return ask(() -> stored(filter, Math.min(most, limits.tailLines())));
    }

    /**
     * Starts a reader with stored lines, and new ones where it follows.
     *
     * @param whenReady called on the writer's thread when there is something to take; must not block
     */
    public LogReader read(LogFilter filter, int tail, boolean follow, Runnable whenReady) {
        int stored = Math.min(tail, limits.tailLines());
        var reader = new LogReader(filter, Math.max(limits.readerLines(), stored), whenReady);
        post(() -> {
            stored(filter, stored).forEach(reader::offer);
            if (follow) {
                followers.add(reader);
            } else {
                reader.complete();
            }
        });
        return reader;
    }

    public void stop(LogReader reader) {
        post(() -> followers.remove(reader));
    }

    /** Lines that could not be written to disk since the start. */
    public long writeFailures() {
        return writeFailures.get();
    }

    private <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        post(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    private void post(Runnable question) {
        if (closed) {
            throw new IllegalStateException("The log store is closed.");
        }
        try {
            queue.put(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Waiting for the log writer was interrupted.", e);
        }
    }

    // ---- on the writer's thread

    private void write() {
        List<Object> batch = new ArrayList<>();
        long sweepAt = System.nanoTime();
        while (!closed || !queue.isEmpty()) {
            try {
                Object first = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, limits.queuedLines());
                    batch.forEach(this::take);
                    batch.clear();
                    flush();
                }
            } catch (InterruptedException e) {
                // Only close() ends this thread, and it sets the flag first.
                continue;
            }
            if (System.nanoTime() - sweepAt > TimeUnit.SECONDS.toNanos(IDLE_SECONDS)) {
                sweepAt = System.nanoTime();
                sweep();
            }
        }
        shelves.values().forEach(this::closeQuietly);
    }

    private void take(Object item) {
        try {
            if (item instanceof LogLine line) {
                keep(line);
            } else {
                ((Runnable) item).run();
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The log writer failed", e);
        }
    }

    private void keep(LogLine line) {
        Shelf shelf = shelf(line.revision().deployment());
        if (shelf.ring.size() >= limits.ringLines()) {
            shelf.ring.removeFirst();
            shelf.ringIsAll = false;
        }
        shelf.ring.addLast(line);
        try {
            shelf.segments.append(line);
        } catch (IOException e) {
            if (writeFailures.getAndIncrement() == 0) {
                LOG.log(System.Logger.Level.ERROR, "Log lines cannot be written below " + folder, e);
            }
        }
        for (LogReader reader : followers) {
            LogFilter filter = reader.filter();
            if (filter.deployment().equals(line.revision().deployment()) && filter.accepts(line)) {
                reader.offer(line);
            }
        }
    }

    private Shelf shelf(DeploymentId deployment) {
        return shelves.computeIfAbsent(
                deployment,
                id -> new Shelf(new LogSegments(folder.resolve(id.namespace()).resolve(id.name()), limits, node)));
    }

    private List<LogLine> stored(LogFilter filter, int most) {
        if (most <= 0) {
            return List.of();
        }
        Shelf shelf = shelf(filter.deployment());
        List<LogLine> held = shelf.ring.stream().filter(filter::accepts).toList();
        if (shelf.ringIsAll || held.size() >= most) {
            return held.subList(Math.max(0, held.size() - most), held.size());
        }
        try {
            return shelf.segments.tail(filter::accepts, most);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Stored lines of " + filter.deployment() + " cannot be read", e);
            return held;
        }
    }

    private void flush() {
        for (Shelf shelf : shelves.values()) {
            try {
                shelf.segments.flush();
            } catch (IOException e) {
                writeFailures.incrementAndGet();
            }
        }
    }

    private void sweep() {
        for (InstanceLog log : open.values()) {
            long dropped = log.tellDropped();
            if (dropped > 0) {
                whenDropped.accept(log, dropped);
            }
        }
        try {
            long total = shelves.values().stream()
                    .mapToLong(shelf -> shelf.segments.bytes())
                    .sum();
            while (total > limits.totalBytes()) {
                Optional<Shelf> largest =
                        shelves.values().stream().max(Comparator.comparingLong(shelf -> shelf.segments.bytes()));
                long freed = largest.isEmpty() ? 0 : largest.get().segments.dropOldest();
                if (freed == 0) {
                    return;
                }
                total -= freed;
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "Old log segments cannot be deleted", e);
        }
    }

    private void closeQuietly(Shelf shelf) {
        try {
            shelf.segments.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A log segment did not close cleanly", e);
        }
    }

    /** Writes what is queued and ends. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5 * IDLE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
