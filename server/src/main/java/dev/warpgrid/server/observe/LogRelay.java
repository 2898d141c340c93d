package dev.warpgrid.server.observe;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.startup.VirtualThreads;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings log lines from nodes to readers. Every connected node is asked, because lines outlive the instances that wrote
 * them; a node that connects while a reader follows is asked then, for what the reader has not seen.
 */
@Singleton
public class LogRelay {
    static final int MAXIMUM_READERS = 128;

    private final FactBoard facts;
    private final GridBoard board;
    private final LogLinks links;
    private final Executor executor;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<Long, LogFeed> bySubscription = new ConcurrentHashMap<>();
    private final List<LogFeed> feeds = new CopyOnWriteArrayList<>();

    @Inject
    public LogRelay(FactBoard facts, GridBoard board, LogLinks links, @VirtualThreads Executor executor) {
        this.facts = facts;
        this.board = board;
        this.links = links;
        this.executor = executor;
        facts.onChange(change -> {
            switch (change.kind()) {
                case CONNECTED -> executor.execute(() -> connected(change.node()));
                case DISCONNECTED -> lost(change.node());
                case FACTS, APPLIED -> {}
            }
        });
    }

    @PreDestroy
    void stop() {
        feeds.forEach(LogFeed::close);
    }

    /** @throws ApiException with RESOURCE_EXHAUSTED where there are too many readers */
    public Subscription subscribe(DeploymentId deployment, LogQuery query, LogListener listener) {
        if (feeds.size() >= MAXIMUM_READERS) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "There are " + MAXIMUM_READERS + " log readers already: close one, or try again later.");
        }
        Closing closing = new Closing();
        LogFeed feed = new LogFeed(deployment, query, listener, closing);
        closing.feed = feed;
        feeds.add(feed);
        nodes().forEach(node -> ask(feed, node, query.tail(), query.since()));
        executor.execute(feed::run);
        return feed;
    }

    /** A batch from a node; one for a reader that is gone is passed over. */
    public void lines(NodeId node, long subscription, List<LogLine> lines, long dropped) {
        LogFeed feed = bySubscription.get(subscription);
        if (feed != null) {
            feed.add(subscription, node, lines, dropped);
        }
    }

    public void ended(NodeId node, long subscription) {
        LogFeed feed = bySubscription.get(subscription);
        if (feed != null && node.equals(feed.asked().get(subscription))) {
            feed.ended(subscription);
        }
    }

    private final class Closing implements Runnable {
        private @org.jspecify.annotations.Nullable LogFeed feed;

        @Override
        public void run() {
            LogFeed closed = feed;
            if (closed != null) {
                feeds.remove(closed);
                closed.asked().forEach((subscription, node) -> {
                    bySubscription.remove(subscription);
                    links.unsubscribe(node, subscription);
                });
            }
        }
    }

    private SortedSet<NodeId> nodes() {
        SortedSet<NodeId> connected = new TreeSet<>();
        facts.all().forEach((node, known) -> {
            if (known.connected()) {
                connected.add(node);
            }
        });
        for (Placement placement : board.last().rows().placements()) {
            if (facts.isConnected(placement.node())) {
                connected.add(placement.node());
            }
        }
        return connected;
    }

    private void connected(NodeId node) {
        for (LogFeed feed : feeds) {
            if (feed.query.follow() && !feed.asks(node)) {
                Instant newest = feed.newest();
                boolean nothingYet = newest == null;
                ask(
                        feed,
                        node,
                        nothingYet ? feed.query.tail() : LogQuery.MAXIMUM_TAIL,
                        nothingYet ? feed.query.since() : newest);
            }
        }
    }

    private void lost(NodeId node) {
        for (LogFeed feed : feeds) {
            feed.asked().forEach((subscription, asked) -> {
                if (asked.equals(node) && !facts.isConnected(node)) {
                    bySubscription.remove(subscription);
                    feed.gone(subscription);
                }
            });
        }
    }

    private void ask(LogFeed feed, NodeId node, int tail, @org.jspecify.annotations.Nullable Instant since) {
        long subscription = numbers.incrementAndGet();
        String instance = feed.query.instance();
        bySubscription.put(subscription, feed);
        feed.asked(subscription, node);
        boolean sent = links.subscribe(
                node,
                new LogLinks.Request(
                        subscription,
                        feed.deployment,
                        instance == null ? null : new InstanceId(instance),
                        tail,
                        feed.query.follow(),
                        since));
        if (!sent) {
            bySubscription.remove(subscription);
            feed.gone(subscription);
        }
    }
}
