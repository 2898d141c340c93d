package dev.warpgrid.agent.link;

import dev.warpgrid.agent.logs.LogFilter;
import dev.warpgrid.agent.logs.LogReader;
import dev.warpgrid.agent.logs.LogStore;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.protocol.FactMapping;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.LogBatch;
import dev.warpgrid.protocol.v1.LogEnd;
import dev.warpgrid.protocol.v1.LogSubscribe;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The server's log subscriptions on one connection. The link's thread only. */
final class LogFeeds {
    private static final int BATCH_LINES = 500;
    private static final int MOST_FEEDS = 256;

    private final LogStore logs;
    private final Runnable whenReady;
    private final Map<Long, LogReader> feeds = new TreeMap<>();

    LogFeeds(LogStore logs, Runnable whenReady) {
        this.logs = logs;
        this.whenReady = whenReady;
    }

    /** @return false when there are too many, or the request is not valid: it is then over at once */
    boolean subscribe(LogSubscribe request) {
        if (feeds.size() >= MOST_FEEDS) {
            return false;
        }
        LogFilter filter;
        try {
            filter = new LogFilter(
                    DeploymentId.parse(request.getDeployment()),
                    request.getInstanceId().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new InstanceId(request.getInstanceId())),
                    request.getSinceEpochMillis() == 0
                            ? Instant.MIN
                            : Instant.ofEpochMilli(request.getSinceEpochMillis()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        unsubscribe(request.getSubscription());
        feeds.put(request.getSubscription(), logs.read(filter, request.getTail(), request.getFollow(), whenReady));
        return true;
    }

    void unsubscribe(long subscription) {
        LogReader reader = feeds.remove(subscription);
        if (reader != null) {
            logs.stop(reader);
        }
    }

    /** Sends what is there for as long as the connection takes it; the rest waits, bounded, in the readers. */
    void pump(BooleanSupplier ready, Consumer<AgentMessage> out) {
        Iterator<Map.Entry<Long, LogReader>> each = feeds.entrySet().iterator();
        while (each.hasNext() && ready.getAsBoolean()) {
            Map.Entry<Long, LogReader> feed = each.next();
            while (ready.getAsBoolean()) {
                LogReader.Batch batch = feed.getValue().take(BATCH_LINES);
                if (!batch.lines().isEmpty() || batch.dropped() > 0) {
                    out.accept(message(feed.getKey(), batch));
                }
                if (batch.complete()) {
                    out.accept(end(feed.getKey()));
                    each.remove();
                }
                if (batch.complete() || batch.lines().isEmpty()) {
                    break;
                }
            }
        }
    }

    private static AgentMessage message(long subscription, LogReader.Batch batch) {
        var lines = LogBatch.newBuilder().setSubscription(subscription).setDropped(batch.dropped());
        batch.lines().forEach(line -> lines.addLines(FactMapping.toMessage(line)));
        return AgentMessage.newBuilder().setLogs(lines).build();
    }

    static AgentMessage end(long subscription) {
        return AgentMessage.newBuilder()
                .setLogEnd(LogEnd.newBuilder().setSubscription(subscription))
                .build();
    }

    void close() {
        feeds.values().forEach(logs::stop);
        feeds.clear();
    }
}
