package dev.warpgrid.ui.overview;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Quota;
import dev.warpgrid.api.QuotaService;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.ui.live.Live;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.Range;
import dev.warpgrid.ui.part.Words;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Is everything well, and what changed? */
final class OverviewPresenter {
    static final int EVENTS_SHOWN = 7;
    static final Duration METRICS_PERIOD = Duration.ofSeconds(1);
    static final Duration STATUS_PERIOD = Duration.ofSeconds(2);

    private final GridService grid;
    private final DeploymentService deployments;
    private final NodeService nodes;
    private final EventService events;
    private final QuotaService quotas;
    private final Caller caller;
    private final Live live;
    private final Screen screen;
    private final Deque<EventView> latest = new ArrayDeque<>();
    private @Nullable Subscription metrics;
    private boolean started;

    /** What the presenter shows on. */
    interface Screen {
        void status(Picture picture);

        void range(Range range);

        void metrics(MetricsWindow window);

        /** @param newestFirst at most {@link #EVENTS_SHOWN} */
        void events(List<EventView> newestFirst);
    }

    /**
     * The grid at one moment.
     *
     * @param attention what is not ready
     * @param quotas of namespaces that have one, the fullest first
     */
    record Picture(GridStatus status, List<NodeView> nodes, List<Attention> attention, List<NamespaceUsage> quotas) {}

    /**
     * Something that is not ready.
     *
     * @param path where the evidence is; empty where there is no such view
     */
    record Attention(Mood mood, String what, String sentence, String path) {}

    OverviewPresenter(
            GridService grid,
            DeploymentService deployments,
            NodeService nodes,
            EventService events,
            QuotaService quotas,
            Caller caller,
            Live live,
            Screen screen) {
        this.grid = grid;
        this.deployments = deployments;
        this.nodes = nodes;
        this.events = events;
        this.quotas = quotas;
        this.caller = caller;
        this.live = live;
        this.screen = screen;
    }

    /** Again with another range when the same view is opened by another address. */
    void start(Range range) {
        choose(range);
        if (started) {
            return;
        }
        started = true;
        live.every(STATUS_PERIOD, this::picture, screen::status);
        live.<EventView>follow(
                listener -> events.watch(caller, EventFilter.all(), lastKnown(), listener), (items, dropped) -> {
                    items.forEach(this::remember);
                    screen.events(List.copyOf(latest));
                });
        screen.events(List.of());
    }

    void choose(Range range) {
        if (metrics != null) {
            metrics.close();
        }
        screen.range(range);
        metrics = live.every(METRICS_PERIOD, () -> grid.metrics(caller, range.seconds()), screen::metrics);
    }

    /** The watch then begins a screenful back. */
    private long lastKnown() {
        List<EventView> newest = events.latest(caller, EventFilter.all(), EVENTS_SHOWN);
        return newest.isEmpty() ? 0 : newest.getFirst().id() - 1;
    }

    private void remember(EventView event) {
        latest.removeIf(known -> known.id() == event.id());
        latest.addFirst(event);
        while (latest.size() > EVENTS_SHOWN) {
            latest.removeLast();
        }
    }

    private Picture picture() {
        GridStatus status = grid.status(caller);
        List<NodeView> all = caller.may(Permission.NODE_READ) ? nodes.list(caller) : List.of();
        return new Picture(status, all, attention(status, all), limited());
    }

    private List<NamespaceUsage> limited() {
        return quotas.list(caller).stream()
                .filter(usage -> !usage.quota().equals(Quota.none()))
                .sorted(Comparator.comparingDouble(OverviewPresenter::fullness).reversed())
                .toList();
    }

    /** Of what has a limit the fullest, 1 where nothing more goes in. */
    static double fullness(NamespaceUsage usage) {
        Quota quota = usage.quota();
        double fullest = 0;
        fullest = Math.max(fullest, share(usage.memoryBytes(), bytes(quota.memory())));
        fullest = Math.max(fullest, share(usage.instances(), quota.instances()));
        fullest = Math.max(fullest, share(usage.deployments(), quota.deployments()));
        return Math.max(fullest, share(usage.artifactBytes(), bytes(quota.artifacts())));
    }

    /** What of it is used of what may be, in words: each limit that there is. */
    static String words(NamespaceUsage usage) {
        Quota quota = usage.quota();
        List<String> parts = new ArrayList<>();
        if (quota.memory() != null) {
            parts.add(Words.bytes(usage.memoryBytes()) + " of " + quota.memory());
        }
        if (quota.instances() != null) {
            parts.add(usage.instances() + " of " + Words.plural(quota.instances(), "instance"));
        }
        if (quota.deployments() != null) {
            parts.add(usage.deployments() + " of " + Words.plural(quota.deployments(), "deployment"));
        }
        if (quota.artifacts() != null) {
            parts.add(Words.bytes(usage.artifactBytes()) + " of " + quota.artifacts() + " of artifacts");
        }
        return String.join(" · ", parts);
    }

    private static @Nullable Long bytes(@Nullable String size) {
        return size == null ? null : ByteSize.parse(size).bytes();
    }

    private static double share(long held, @Nullable Long most) {
        return most == null ? 0 : most == 0 ? 1 : (double) held / most;
    }

    private List<Attention> attention(GridStatus status, List<NodeView> all) {
        List<Attention> found = new ArrayList<>();
        all.stream()
                .filter(node -> node.state() != NodeView.State.READY)
                .forEach(node -> found.add(
                        new Attention(Mood.of(node.state()), node.id(), node.sentence(), Paths.node(node.id()))));
        if (status.readyDeployments() < status.deployments()) {
            deployments
                    .list(caller, "*", new ListQuery(ListQuery.MAXIMUM_LIMIT, null, "", Map.of()))
                    .items()
                    .forEach(one -> add(found, one));
        }
        // A sentence of the server about something that has no view of its own.
        status.notReady().stream()
                .filter(sentence -> found.stream().noneMatch(known -> sentence.contains(lastPart(known.what()))))
                .forEach(sentence -> found.add(new Attention(Mood.WARN, "", sentence, "")));
        return found;
    }

    private static void add(List<Attention> found, Deployment one) {
        DeploymentStatus status = one.status();
        if (status != null && status.state() != DeploymentStatus.State.READY) {
            String namespace = Objects.requireNonNullElse(one.metadata().namespace(), "default");
            String name = one.metadata().name();
            found.add(new Attention(
                    Mood.of(status.state()),
                    namespace + "/" + name,
                    status.sentence(),
                    Paths.deployment(namespace, name)));
        }
    }

    private static String lastPart(String what) {
        return what.substring(what.lastIndexOf('/') + 1);
    }
}
