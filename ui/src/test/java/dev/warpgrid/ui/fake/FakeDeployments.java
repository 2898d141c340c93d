package dev.warpgrid.ui.fake;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyOptions;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Deployments in a map, in the order of their names. */
public final class FakeDeployments implements DeploymentService {
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    public final TreeMap<String, Deployment> all = new TreeMap<>();
    public final List<ListQuery> queries = new ArrayList<>();
    public final List<String> calls = new ArrayList<>();
    public final List<Consumer<DeploymentChange>> watchers = new ArrayList<>();
    public final List<LogListener> logs = new ArrayList<>();
    public ApiException refusal;
    public Deployment applied;
    public ApplyOptions options;
    public double requestsPerSecond = 5;

    public Deployment add(String namespace, String name, State state, int ready, int desired) {
        Deployment made = of(namespace, name, state, ready, desired);
        all.put(namespace + "/" + name, made);
        return made;
    }

    public static Deployment of(String namespace, String name, State state, int ready, int desired) {
        return new Deployment(
                new Metadata(name, namespace, Map.of(), null, "uid", 1L, "7", NOW),
                new DeploymentSpec(
                        "sha256:" + "a".repeat(64),
                        null,
                        new DeploymentSpec.Instances(desired),
                        new DeploymentSpec.Resources("64MiB", "30s", "10s"),
                        Map.of()),
                new DeploymentStatus(
                        state,
                        name + " is " + state + ".",
                        1,
                        desired,
                        ready,
                        0,
                        ready * 1024L,
                        List.of("http://" + name + "." + namespace + ".localhost:8080/"),
                        List.of(),
                        NOW));
    }

    public void tell(String namespace, String name, Deployment now) {
        List.copyOf(watchers).forEach(one -> one.accept(new DeploymentChange(namespace, name, now)));
    }

    private void call(String call) {
        calls.add(call);
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public Page<Deployment> list(Caller caller, String namespace, ListQuery query) {
        queries.add(query);
        List<Deployment> matching = all.values().stream()
                .filter(one -> one.metadata().name().contains(query.text()))
                .toList();
        int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
        int to = Math.min(matching.size(), from + query.limit());
        return new Page<>(
                matching.subList(from, to), to < matching.size() ? String.valueOf(to) : null, matching.size());
    }

    @Override
    public Deployment get(Caller caller, String namespace, String name) {
        Deployment found = all.get(namespace + "/" + name);
        if (found == null) {
            throw ApiException.notFound("deployment", name);
        }
        return found;
    }

    @Override
    public ApplyResult apply(Caller caller, Deployment deployment, ApplyOptions chosen) {
        call("apply");
        applied = deployment;
        options = chosen;
        return new ApplyResult(ApplyResult.Outcome.CREATED, deployment, List.of());
    }

    @Override
    public ApplyResult scale(Caller caller, String namespace, String name, int instances) {
        call("scale " + name + " " + instances);
        return new ApplyResult(ApplyResult.Outcome.UPDATED, get(caller, namespace, name), List.of());
    }

    @Override
    public void restart(Caller caller, String namespace, String name) {
        call("restart " + name);
    }

    @Override
    public void delete(Caller caller, String namespace, String name, String ifMatch) {
        call("delete " + name + " if " + ifMatch);
    }

    @Override
    public MetricsWindow metrics(Caller caller, String namespace, String name, int seconds) {
        calls.add("metrics " + name + " " + seconds);
        return window(requestsPerSecond);
    }

    public static MetricsWindow window(double requestsPerSecond) {
        return new MetricsWindow(
                Duration.ofSeconds(1),
                List.of(
                        new MetricsWindow.Point(NOW.minusSeconds(1), 0, 0, 1, 2, 3, 1024, 1, 0, 0),
                        new MetricsWindow.Point(NOW, requestsPerSecond, 0, 1, 2, 3, 1024, 1, 0, 0)));
    }

    @Override
    public Subscription logs(Caller caller, String namespace, String name, LogQuery query, LogListener listener) {
        logs.add(listener);
        return () -> logs.remove(listener);
    }

    public void log(String text) {
        logs.forEach(one -> one.lines(List.of(new LogEntry(NOW, "i-1", 1, "n-1", 1, "stdout", "info", text)), 2));
    }

    @Override
    public Subscription watch(Caller caller, String namespace, Consumer<DeploymentChange> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }
}
