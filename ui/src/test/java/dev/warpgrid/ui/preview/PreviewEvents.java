package dev.warpgrid.ui.preview;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.api.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Events that happened, and one more every now and then. */
public final class PreviewEvents implements EventService {
    private record Watcher(EventFilter filter, Consumer<EventView> listener) {}

    private final List<EventView> all = new ArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private long nextId = 1;
    private int ticks;

    PreviewEvents() {
        past(5400, Severity.INFO, "NodeJoined", "node-c3 joined with 16 processors and 32 GiB.", null, "node-c3");
        past(3300, Severity.INFO, "DeploymentApplied", "admin applied revision 7 of checkout.", "checkout", null);
        past(3280, Severity.INFO, "RolloutCompleted", "All 6 instances of revision 7 answer.", "checkout", null);
        past(
                1500,
                Severity.WARNING,
                "NodeSuspected",
                "node-d4 was not heard for 10 s: its network may be slow; its instances keep serving.",
                null,
                "node-d4");
        past(
                1480,
                Severity.ERROR,
                "NodeLost",
                "node-d4 was not heard for 30 s; its 3 instances are started elsewhere. Look at its agent's log.",
                null,
                "node-d4");
        past(
                900,
                Severity.WARNING,
                "InstanceCrashed",
                "thumbnails-7f2c ran out of its 64 MiB while it decoded an image: raise resources.memory.",
                "thumbnails",
                "node-b2");
        past(240, Severity.INFO, "DeploymentScaled", "admin scaled search from 4 to 6 instances.", "search", null);
        past(
                95,
                Severity.ERROR,
                "ArtifactRefused",
                "mailer needs wasi:sockets/tcp, which no node offers: rebuild it without, or add a node that does.",
                "mailer",
                null);
        past(40, Severity.INFO, "InstanceStarted", "search-91be answers on node-a1 after 41 ms.", "search", "node-a1");
    }

    private void past(
            long secondsAgo, Severity severity, String reason, String message, String deployment, String node) {
        add(Instant.now().minusSeconds(secondsAgo), severity, reason, message, deployment, node);
    }

    synchronized void add(Severity severity, String reason, String message, String deployment, String node) {
        add(Instant.now(), severity, reason, message, deployment, node);
    }

    private synchronized void add(
            Instant at, Severity severity, String reason, String message, String deployment, String node) {
        EventView event = new EventView(
                nextId++,
                at,
                severity,
                reason,
                message,
                deployment == null ? null : "default",
                deployment,
                null,
                node,
                1);
        all.add(event);
        watchers.stream()
                .filter(one -> one.filter().matches(event))
                .forEach(one -> one.listener().accept(event));
    }

    void tick() {
        if (++ticks % 24 == 0) {
            add(
                    Severity.WARNING,
                    "InstanceRestarted",
                    "thumbnails-7f2c was started again after 2.0 s: it ran out of memory " + ticks / 24 + " times.",
                    "thumbnails",
                    "node-b2");
        }
    }

    @Override
    public synchronized List<EventView> latest(Caller caller, EventFilter filter, int limit) {
        List<EventView> matching = all.stream().filter(filter::matches).toList();
        return matching.subList(Math.max(0, matching.size() - limit), matching.size());
    }

    @Override
    public synchronized Subscription watch(
            Caller caller, EventFilter filter, long afterId, Consumer<EventView> listener) {
        Watcher watcher = new Watcher(filter, listener);
        all.stream()
                .filter(event -> event.id() > afterId && filter.matches(event))
                .forEach(listener);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
