package dev.warpgrid.ui.deployments;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentService.DeploymentChange;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.Permission;
import dev.warpgrid.ui.live.Live;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A long list of deployments, of which only what is looked at is read.
 *
 * <p>The contract pages by cursor in the order of names. Rows far down are reached by pages of the largest size, whose
 * cursors are kept. By anything but the name a list is sorted here, and only while it fits one page.
 */
final class DeploymentsPresenter {
    static final Duration SPARK_PERIOD = Duration.ofSeconds(3);
    static final int SPARK_SECONDS = 300;
    static final int SPARK_POINTS = 48;
    /** Rows whose traffic is read each time: a tall screenful. */
    static final int MAXIMUM_SPARKS = 60;

    private final DeploymentService deployments;
    private final Caller caller;
    private final Live live;
    private final Screen screen;
    private final TreeMap<Integer, String> cursors = new TreeMap<>();
    private final LinkedHashMap<String, Deployment> seen = new LinkedHashMap<>();
    private String text = "";
    private Order order = Order.NAME;
    private boolean descending;
    private boolean started;

    /** What the presenter shows on. */
    interface Screen {
        /** The list has other rows now. */
        void reload();

        /** One row has changed. */
        void refresh(Deployment row);

        void sparks(Map<String, Traffic> byKey);
    }

    /** What one may sort by. */
    enum Order {
        NAME,
        STATE,
        INSTANCES,
        MEMORY
    }

    /** Requests of the last minutes, oldest first, and the newest value. */
    record Traffic(List<Double> requestsPerSecond, double now) {}

    DeploymentsPresenter(DeploymentService deployments, Caller caller, Live live, Screen screen) {
        this.deployments = deployments;
        this.caller = caller;
        this.live = live;
        this.screen = screen;
    }

    void start() {
        if (started) {
            return;
        }
        started = true;
        live.<DeploymentChange>follow(
                listener -> deployments.watch(caller, "*", listener), (changes, dropped) -> changed(changes, dropped));
        live.every(SPARK_PERIOD, this::sparks, screen::sparks);
    }

    void filter(String next) {
        text = next.strip();
        forget();
        screen.reload();
    }

    void sort(Order next, boolean downwards) {
        order = next;
        descending = downwards;
        forget();
    }

    /** Why sorting by this is not possible now; empty where it is. */
    Optional<String> sortRefusal() {
        long total = count();
        return (order == Order.NAME && !descending) || total <= ListQuery.MAXIMUM_LIMIT
                ? Optional.empty()
                : Optional.of("A list of " + total + " deployments is sorted by name only: filter it below "
                        + ListQuery.MAXIMUM_LIMIT + " to sort by this.");
    }

    int count() {
        return (int) Math.min(Integer.MAX_VALUE, page(1, null).total());
    }

    List<Deployment> fetch(int offset, int limit) {
        List<Deployment> rows = order == Order.NAME && !descending ? byCursor(offset, limit) : sorted(offset, limit);
        synchronized (seen) {
            rows.forEach(row -> {
                seen.remove(key(row));
                seen.put(key(row), row);
            });
            while (seen.size() > MAXIMUM_SPARKS) {
                seen.remove(seen.firstEntry().getKey());
            }
        }
        return rows;
    }

    /** Why the caller may not deploy; empty where it may. */
    Optional<String> deployRefusal() {
        return caller.maySomewhere(Permission.DEPLOYMENT_WRITE) && caller.maySomewhere(Permission.ARTIFACT_WRITE)
                ? Optional.empty()
                : Optional.of("Deploying needs the permission " + Permission.DEPLOYMENT_WRITE.text()
                        + ", which your roles do not hold.");
    }

    static String key(Deployment row) {
        return Objects.requireNonNullElse(row.metadata().namespace(), "") + "/"
                + row.metadata().name();
    }

    private Page<Deployment> page(int limit, @Nullable String cursor) {
        return deployments.list(caller, "*", new ListQuery(limit, cursor, text, Map.of()));
    }

    private List<Deployment> byCursor(int offset, int limit) {
        Map.Entry<Integer, String> nearest = cursors.floorEntry(offset);
        int at = nearest == null ? 0 : nearest.getKey();
        String cursor = nearest == null ? null : nearest.getValue();
        List<Deployment> rows = new ArrayList<>();
        while (rows.size() < limit) {
            int wanted = at < offset ? Math.min(offset - at, ListQuery.MAXIMUM_LIMIT) : limit - rows.size();
            Page<Deployment> page = page(Math.min(wanted, ListQuery.MAXIMUM_LIMIT), cursor);
            if (at >= offset) {
                rows.addAll(page.items());
            }
            at += page.items().size();
            cursor = page.cursor();
            if (cursor == null || page.items().isEmpty()) {
                break;
            }
            cursors.put(at, cursor);
        }
        return rows;
    }

    private List<Deployment> sorted(int offset, int limit) {
        Page<Deployment> all = page(ListQuery.MAXIMUM_LIMIT, null);
        if (all.cursor() != null) {
            return byCursor(offset, limit);
        }
        Comparator<Deployment> by = comparator();
        return all.items().stream()
                .sorted(descending ? by.reversed() : by)
                .skip(offset)
                .limit(limit)
                .toList();
    }

    private Comparator<Deployment> comparator() {
        Comparator<Deployment> byKey = Comparator.comparing(DeploymentsPresenter::key);
        return switch (order) {
            case NAME -> byKey;
            case STATE ->
                Comparator.<Deployment, DeploymentStatus.State>comparing(
                                row -> row.status() == null
                                        ? null
                                        : row.status().state(),
                                Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(byKey);
            case INSTANCES ->
                Comparator.<Deployment>comparingInt(row -> status(row)
                                .map(DeploymentStatus::desiredInstances)
                                .orElse(0))
                        .thenComparing(byKey);
            case MEMORY ->
                Comparator.<Deployment>comparingLong(row ->
                                status(row).map(DeploymentStatus::memoryBytes).orElse(0L))
                        .thenComparing(byKey);
        };
    }

    static Optional<DeploymentStatus> status(Deployment row) {
        return Optional.ofNullable(row.status());
    }

    private void forget() {
        cursors.clear();
        synchronized (seen) {
            seen.clear();
        }
    }

    private void changed(List<DeploymentChange> changes, long dropped) {
        boolean others = dropped > 0;
        Map<String, Deployment> newest = new LinkedHashMap<>();
        for (DeploymentChange change : changes) {
            String key = change.namespace() + "/" + change.name();
            Deployment now = change.deployment();
            boolean known;
            synchronized (seen) {
                known = seen.containsKey(key);
            }
            if (now == null || (!known && isNew(now))) {
                others = true;
            } else if (known) {
                newest.put(key, now);
            }
        }
        if (others) {
            forget();
            screen.reload();
        } else {
            newest.values().forEach(screen::refresh);
        }
    }

    /** A change of a row that is not looked at needs nothing, but a deployment just made changes the list. */
    private boolean isNew(Deployment now) {
        Long generation = now.metadata().generation();
        return (generation == null || generation <= 1)
                && key(now).contains(text)
                && status(now).map(DeploymentStatus::readyInstances).orElse(0) == 0;
    }

    private Map<String, Traffic> sparks() {
        List<Deployment> rows;
        synchronized (seen) {
            rows = List.copyOf(seen.values());
        }
        Map<String, Traffic> traffic = new LinkedHashMap<>();
        for (Deployment row : rows) {
            String namespace = Objects.requireNonNullElse(row.metadata().namespace(), "default");
            try {
                traffic.put(
                        key(row),
                        traffic(deployments.metrics(
                                caller, namespace, row.metadata().name(), SPARK_SECONDS)));
            } catch (ApiException e) {
                if (e.code() != ErrorCode.NOT_FOUND) {
                    throw e;
                }
                // Deleted between list and here; the watch will take the row away.
            }
        }
        return traffic;
    }

    private static Traffic traffic(MetricsWindow window) {
        List<MetricsWindow.Point> points = window.points();
        if (points.isEmpty()) {
            return new Traffic(List.of(), 0);
        }
        int bucket = Math.max(1, (points.size() + SPARK_POINTS - 1) / SPARK_POINTS);
        List<Double> values = new ArrayList<>();
        for (int from = 0; from < points.size(); from += bucket) {
            values.add(points.subList(from, Math.min(points.size(), from + bucket)).stream()
                    .mapToDouble(MetricsWindow.Point::requestsPerSecond)
                    .average()
                    .orElse(0));
        }
        return new Traffic(values, points.getLast().requestsPerSecond());
    }
}
