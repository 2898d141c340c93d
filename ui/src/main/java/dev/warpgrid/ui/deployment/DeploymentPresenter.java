package dev.warpgrid.ui.deployment;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentService.DeploymentChange;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.ui.live.Live;
import dev.warpgrid.ui.part.Range;
import dev.warpgrid.ui.part.Words;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One deployment: how is it doing, what can I do? */
final class DeploymentPresenter {
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final int EVENTS_SHOWN = 30;
    static final int LOG_TAIL = 300;
    static final int MAXIMUM_INSTANCES = 1000;

    private final DeploymentService deployments;
    private final InstanceService instances;
    private final EventService events;
    private final Supplier<Caller> user;
    private final Live live;
    private final Screen screen;
    private final List<Subscription> running = new ArrayList<>();
    private final Deque<EventView> latest = new ArrayDeque<>();
    private @Nullable Subscription metrics;
    private @Nullable Deployment present;
    private String namespace = "";
    private String name = "";

    /** What the presenter shows on. */
    interface Screen {
        void deployment(Deployment deployment);

        /** It does not exist, or no longer does. */
        void gone(String sentence);

        void range(Range range);

        void metrics(MetricsWindow window);

        void instances(List<InstanceView> instances);

        void log(List<LogEntry> lines, long dropped);

        void events(List<EventView> newestFirst);

        void done(String sentence);

        void deleted(String sentence);

        void problem(String sentence);
    }

    /** What can be done, and what it needs. */
    enum Action {
        SCALE(Permission.DEPLOYMENT_WRITE),
        RESTART(Permission.INSTANCE_RESTART),
        DEPLOY(Permission.DEPLOYMENT_WRITE),
        DELETE(Permission.DEPLOYMENT_DELETE);

        private final Permission permission;

        Action(Permission permission) {
            this.permission = permission;
        }
    }

    /** Several lines that came together. */
    private record Lines(List<LogEntry> entries, long dropped) {}

    DeploymentPresenter(
            DeploymentService deployments,
            InstanceService instances,
            EventService events,
            Supplier<Caller> user,
            Live live,
            Screen screen) {
        this.deployments = deployments;
        this.instances = instances;
        this.events = events;
        this.user = user;
        this.live = live;
        this.screen = screen;
    }

    void open(String inNamespace, String named, Range range) {
        close();
        namespace = inNamespace;
        name = named;
        Caller caller = user.get();
        try {
            Deployment found = deployments.get(caller, namespace, name);
            present = found;
            screen.deployment(found);
        } catch (ApiException e) {
            screen.gone(sentence(e));
            return;
        }
        choose(range);
        running.add(live.<DeploymentChange>follow(
                listener -> deployments.watch(caller, namespace, listener), (changes, dropped) -> changed(changes)));
        running.add(live.every(PERIOD, () -> instances.list(caller, namespace, name), screen::instances));
        EventFilter filter = new EventFilter(namespace, name, null);
        running.add(live.<EventView>follow(
                listener -> events.watch(caller, filter, before(caller, filter), listener), (items, dropped) -> {
                    items.forEach(this::remember);
                    screen.events(List.copyOf(latest));
                }));
        if (caller.may(Permission.LOG_READ, namespace)) {
            running.add(live.<Lines>follow(listener -> logs(caller, listener), (batches, dropped) -> {
                List<LogEntry> entries = batches.stream()
                        .flatMap(batch -> batch.entries().stream())
                        .toList();
                screen.log(entries, batches.stream().mapToLong(Lines::dropped).sum());
            }));
        }
    }

    void choose(Range range) {
        if (metrics != null) {
            metrics.close();
        }
        screen.range(range);
        Caller caller = user.get();
        metrics = live.every(
                PERIOD, () -> deployments.metrics(caller, namespace, name, range.seconds()), screen::metrics);
    }

    /** Why the caller may not do it; empty where it may. */
    Optional<String> refusal(Action action) {
        return user.get().may(action.permission, namespace)
                ? Optional.empty()
                : Optional.of("This needs the permission " + action.permission.text() + " in the namespace " + namespace
                        + ", which your roles do not hold: ask an administrator.");
    }

    /** One sentence for what scaling would change. */
    String scalePreview(int count) {
        int now = desired();
        if (count == now) {
            return "It already has " + Words.plural(now, "instance") + "; nothing will change.";
        }
        String memory = memoryLimit();
        String each = memory.isEmpty() ? "" : " of at most " + memory + " each";
        return count > now
                ? "Starts " + Words.plural(count - now, "instance") + each + ": " + now + " become " + count + "."
                : "Stops " + Words.plural(now - count, "instance") + " after its last request: " + now + " become "
                        + count + "." + (count == 0 ? " Then nothing answers at its address." : "");
    }

    String restartPreview() {
        return "Replaces " + Words.plural(desired(), "instance") + " by new ones of the same revision, one after the"
                + " other; the address keeps answering.";
    }

    String deletePreview() {
        DeploymentStatus status = status();
        String urls = status == null || status.urls().isEmpty() ? "" : " and frees " + String.join(", ", status.urls());
        return "Stops " + Words.plural(desired(), "instance") + urls
                + ". The artifact stays; the name can be used again.";
    }

    void scale(int count) {
        act(() -> {
            ApplyResult result = deployments.scale(user.get(), namespace, name, count);
            screen.done(
                    result.outcome() == ApplyResult.Outcome.UNCHANGED
                            ? name + " already had " + Words.plural(count, "instance") + "."
                            : name + " is being scaled to " + Words.plural(count, "instance") + ".");
        });
    }

    void restart() {
        act(() -> {
            deployments.restart(user.get(), namespace, name);
            screen.done("The instances of " + name + " are being replaced, one after the other.");
        });
    }

    void delete() {
        act(() -> {
            Deployment seen = present;
            deployments.delete(
                    user.get(),
                    namespace,
                    name,
                    seen == null ? null : seen.metadata().resourceVersion());
            close();
            screen.deleted(name + " is deleted.");
        });
    }

    @Nullable
    Deployment present() {
        return present;
    }

    int desired() {
        DeploymentStatus status = status();
        if (status != null) {
            return status.desiredInstances();
        }
        var count = present == null ? null : present.spec().instances();
        return count == null ? 1 : Objects.requireNonNullElse(count.min(), 1);
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (ApiException e) {
            screen.problem(sentence(e));
        }
    }

    private @Nullable DeploymentStatus status() {
        return present == null ? null : present.status();
    }

    private String memoryLimit() {
        var resources = present == null ? null : present.spec().resources();
        return resources == null ? "" : Objects.requireNonNullElse(resources.memory(), "");
    }

    private long before(Caller caller, EventFilter filter) {
        List<EventView> newest = events.latest(caller, filter, EVENTS_SHOWN);
        return newest.isEmpty() ? 0 : newest.getFirst().id() - 1;
    }

    private Subscription logs(Caller caller, java.util.function.Consumer<Lines> listener) {
        return deployments.logs(caller, namespace, name, new LogQuery(null, LOG_TAIL, true, null), new LogListener() {
            @Override
            public void lines(List<LogEntry> lines, long dropped) {
                listener.accept(new Lines(lines, dropped));
            }

            @Override
            public void end() {
                // A tail that follows ends only with its subscription.
            }
        });
    }

    private void remember(EventView event) {
        latest.removeIf(known -> known.id() == event.id());
        latest.addFirst(event);
        while (latest.size() > EVENTS_SHOWN) {
            latest.removeLast();
        }
    }

    private void changed(List<DeploymentChange> changes) {
        changes.stream().filter(change -> change.name().equals(name)).forEach(change -> {
            Deployment now = change.deployment();
            present = now == null ? present : now;
            if (now == null) {
                close();
                screen.gone("The deployment \"" + name + "\" was deleted.");
            } else {
                screen.deployment(now);
            }
        });
    }

    private void close() {
        running.forEach(Subscription::close);
        running.clear();
        latest.clear();
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }

    private static String sentence(ApiException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.code().title());
    }
}
