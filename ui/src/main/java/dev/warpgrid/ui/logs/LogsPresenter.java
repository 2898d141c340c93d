package dev.warpgrid.ui.logs;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.ui.live.Live;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Follows the log of the deployment that is chosen. */
final class LogsPresenter {
    static final int LOG_TAIL = 1000;
    static final Duration INSTANCES_PERIOD = Duration.ofSeconds(5);

    private final DeploymentService deployments;
    private final InstanceService instances;
    private final Supplier<Caller> user;
    private final Live live;
    private final Screen screen;
    private final List<Subscription> running = new ArrayList<>();

    /** What the presenter shows on. */
    interface Screen {
        void cleared();

        void lines(List<LogEntry> lines, long dropped);

        void instances(List<String> ids);
    }

    private record Lines(List<LogEntry> entries, long dropped) {}

    LogsPresenter(
            DeploymentService deployments, InstanceService instances, Supplier<Caller> user, Live live, Screen screen) {
        this.deployments = deployments;
        this.instances = instances;
        this.user = user;
        this.live = live;
        this.screen = screen;
    }

    /** Names as {@code namespace/name}, in order. */
    List<String> find(String text, int offset, int limit) {
        int wanted = Math.min(offset + limit, ListQuery.MAXIMUM_LIMIT);
        return deployments
                .list(user.get(), "*", new ListQuery(Math.max(1, wanted), null, text, Map.of()))
                .items()
                .stream()
                .skip(offset)
                .limit(limit)
                .map(one -> Objects.requireNonNullElse(one.metadata().namespace(), "default") + "/"
                        + one.metadata().name())
                .toList();
    }

    /** @param key {@code namespace/name}; empty for none */
    void open(String key) {
        running.forEach(Subscription::close);
        running.clear();
        screen.cleared();
        int slash = key.indexOf('/');
        if (slash < 0) {
            return;
        }
        Caller caller = user.get();
        String namespace = key.substring(0, slash);
        String name = key.substring(slash + 1);
        running.add(live.<Lines>follow(
                listener -> deployments.logs(
                        caller, namespace, name, new LogQuery(null, LOG_TAIL, true, null), new LogListener() {
                            @Override
                            public void lines(List<LogEntry> lines, long dropped) {
                                listener.accept(new Lines(lines, dropped));
                            }

                            @Override
                            public void end() {
                                // A tail that follows ends only with its subscription.
                            }
                        }),
                (batches, lost) -> screen.lines(
                        batches.stream()
                                .flatMap(batch -> batch.entries().stream())
                                .toList(),
                        batches.stream().mapToLong(Lines::dropped).sum())));
        running.add(live.every(
                INSTANCES_PERIOD,
                () -> instances.list(caller, namespace, name).stream()
                        .map(InstanceView::id)
                        .toList(),
                screen::instances));
    }
}
