package dev.warpgrid.ui.preview;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyOptions;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Condition;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.ResourceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Deployments that become ready a while after they were applied. */
public final class PreviewDeployments implements DeploymentService {
    private static final String DIGEST = "sha256:9f2b4c6d8e0a1b3c5d7e9f01234567890abcdef1234567890abcdef123456789";

    static final class Entry {
        final String namespace;
        final String name;
        final PreviewTraffic traffic;
        DeploymentSpec spec;
        int desired;
        int ready;
        int revision = 1;
        long version = 1;
        State state;
        String sentence;
        final Instant createdAt;

        Entry(String namespace, String name, int desired, double load, DeploymentSpec spec) {
            this.namespace = namespace;
            this.name = name;
            this.desired = desired;
            this.spec = spec;
            this.traffic = new PreviewTraffic(name.hashCode(), load);
            this.createdAt = Instant.now().minusSeconds(86_400L + (name.hashCode() & 0xFFFF));
        }
    }

    private record Watcher(String namespace, Consumer<DeploymentChange> listener) {}

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final PreviewEvents events;
    private final PreviewLogs logs = new PreviewLogs();

    PreviewDeployments(PreviewEvents events) {
        this.events = events;
        ready("default", "checkout", 6, 820);
        ready("default", "search", 6, 410);
        ready("default", "catalog", 4, 265);
        ready("default", "recommendations", 3, 96);
        ready("default", "session-store", 2, 1240);
        ready("payments", "ledger", 3, 74);
        ready("payments", "fraud-score", 4, 133);
        ready("payments", "invoices", 2, 11);
        ready("edge", "redirects", 2, 2310);
        ready("edge", "geo-lookup", 2, 655);
        ready("edge", "image-proxy", 5, 340);
        ready("internal", "status-page", 1, 0.6);
        ready("internal", "webhooks", 2, 7.4);
        ready("internal", "feature-flags", 2, 190);
        Entry thumbnails = put("default", "thumbnails", 4, 58);
        thumbnails.ready = 3;
        thumbnails.state = State.DEGRADED;
        thumbnails.sentence =
                "3 of 4 instances answer: thumbnails-7f2c ran out of its 64 MiB 5 times. Raise resources.memory.";
        Entry mailer = put("default", "mailer", 1, 0);
        mailer.ready = 0;
        mailer.state = State.UNAVAILABLE;
        mailer.sentence = "No instance answers: it needs wasi:sockets/tcp, which no node offers. Rebuild it without.";
        Entry reports = put("internal", "reports", 3, 4.2);
        reports.ready = 1;
        reports.revision = 4;
        reports.state = State.PROGRESSING;
        reports.sentence = "Revision 4 is being rolled out: 1 of 3 instances answers.";
        for (int i = 0; i < 480; i++) {
            ready("tenants", String.format(java.util.Locale.ROOT, "tenant-%03d", i), 1, i % 7 == 0 ? 3 : 0.4);
        }
    }

    private void ready(String namespace, String name, int instances, double load) {
        Entry entry = put(namespace, name, instances, load);
        entry.ready = instances;
        settle(entry);
    }

    private static void settle(Entry entry) {
        boolean all = entry.ready == entry.desired;
        entry.state = all ? State.READY : State.PROGRESSING;
        entry.sentence = all
                ? entry.desired == 0
                        ? "Scaled to no instance: nothing answers, as asked."
                        : entry.desired == 1 ? "Its instance answers." : "All " + entry.desired + " instances answer."
                : "Revision " + entry.revision + " is being rolled out: " + entry.ready + " of " + entry.desired
                        + " instances answer.";
    }

    private synchronized Entry put(String namespace, String name, int instances, double load) {
        DeploymentSpec spec = new DeploymentSpec(
                DIGEST,
                new DeploymentSpec.Trigger(
                        new DeploymentSpec.Http(List.of(name + "." + namespace + ".localhost"), List.of("/"))),
                new DeploymentSpec.Instances(instances),
                new DeploymentSpec.Resources("64MiB", "30s", "10s"),
                Map.of("LOG_LEVEL", "info", "REGION", "eu-1"));
        Entry entry = new Entry(namespace, name, instances, load, spec);
        entries.put(namespace + "/" + name, entry);
        return entry;
    }

    void restore(String namespace, String name) {
        ready(namespace, name, 1, 0.4);
    }

    synchronized void forget(String namespace, String name) {
        entries.remove(namespace + "/" + name);
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    void tick() {
        for (Entry entry : entries()) {
            if (entry.state == State.PROGRESSING && !entry.name.equals("reports") && entry.traffic.nextIn(4) == 0) {
                entry.ready += Integer.signum(entry.desired - entry.ready);
                settle(entry);
                changed(entry);
            }
        }
        logs.tick(this);
    }

    private void changed(Entry entry) {
        entry.version++;
        Deployment now = view(entry);
        tell(entry, now);
    }

    private void tell(Entry entry, Deployment now) {
        watchers.stream()
                .filter(one -> one.namespace().equals("*") || one.namespace().equals(entry.namespace))
                .forEach(one -> one.listener().accept(new DeploymentChange(entry.namespace, entry.name, now)));
    }

    private static Deployment view(Entry entry) {
        DeploymentStatus status = new DeploymentStatus(
                entry.state,
                entry.sentence,
                entry.revision,
                entry.desired,
                entry.ready,
                entry.name.equals("thumbnails") ? 5 : 0,
                entry.ready * 23_400_000L,
                List.of("http://" + entry.name + "." + entry.namespace + ".localhost:8080/"),
                List.of(new Condition("Ready", entry.state == State.READY, entry.sentence, Instant.now())),
                Instant.now());
        return new Deployment(
                new Metadata(
                        entry.name,
                        entry.namespace,
                        Map.of("team", entry.namespace),
                        null,
                        "uid-" + entry.name,
                        (long) entry.revision,
                        String.valueOf(entry.version),
                        entry.createdAt),
                entry.spec,
                status);
    }

    private synchronized Entry find(String namespace, String name) {
        Entry entry = entries.get(namespace + "/" + name);
        if (entry == null) {
            throw ApiException.notFound("deployment", namespace + "/" + name);
        }
        return entry;
    }

    private static void require(Caller caller, Permission permission) {
        if (!caller.may(permission)) {
            throw new ApiException(
                    ErrorCode.PERMISSION_DENIED, caller.name() + " does not hold " + permission.text() + ".");
        }
    }

    @Override
    public Page<Deployment> list(Caller caller, String namespace, ListQuery query) {
        List<Entry> matching = entries().stream()
                .filter(entry -> namespace.equals("*") || entry.namespace.equals(namespace))
                .filter(entry -> entry.name.contains(query.text()))
                .toList();
        int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
        int to = Math.min(matching.size(), from + query.limit());
        List<Deployment> items = new ArrayList<>();
        matching.subList(Math.min(from, to), to).forEach(entry -> items.add(view(entry)));
        return new Page<>(items, to < matching.size() ? String.valueOf(to) : null, matching.size());
    }

    @Override
    public Deployment get(Caller caller, String namespace, String name) {
        return view(find(namespace, name));
    }

    @Override
    public ApplyResult apply(Caller caller, Deployment deployment, ApplyOptions options) {
        require(caller, Permission.DEPLOYMENT_WRITE);
        String name = deployment.metadata().name();
        String namespace = deployment.metadata().namespace();
        List<FieldError> errors = new ArrayList<>();
        check(errors, "/metadata/name", () -> ResourceName.require("deployment name", name));
        String memory = deployment.spec().resources() == null
                ? null
                : deployment.spec().resources().memory();
        if (memory != null) {
            check(errors, "/spec/resources/memory", () -> ByteSize.parse(memory));
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        synchronized (this) {
            Entry known = entries.get(namespace + "/" + name);
            if (known != null && options.createOnly()) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "The name \"" + name + "\" is taken in " + namespace
                                + ": choose another, or open it and deploy a new revision.");
            }
            Entry entry = known == null ? put(namespace, name, 1, 12) : known;
            entry.spec = deployment.spec();
            var count = deployment.spec().instances();
            entry.desired = count == null || count.min() == null ? 1 : count.min();
            entry.ready = known == null ? 0 : Math.max(0, entry.ready - 1);
            entry.revision += known == null ? 0 : 1;
            settle(entry);
            changed(entry);
            events.add(
                    EventView.Severity.INFO,
                    "DeploymentApplied",
                    caller.name() + " applied revision " + entry.revision + " of " + name + ".",
                    name,
                    null);
            return new ApplyResult(
                    known == null ? ApplyResult.Outcome.CREATED : ApplyResult.Outcome.UPDATED, view(entry), List.of());
        }
    }

    private static void check(List<FieldError> errors, String pointer, Runnable rule) {
        try {
            rule.run();
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(pointer, e.getMessage()));
        }
    }

    @Override
    public ApplyResult scale(Caller caller, String namespace, String name, int instances) {
        require(caller, Permission.DEPLOYMENT_WRITE);
        Entry entry = find(namespace, name);
        boolean same = entry.desired == instances;
        entry.desired = instances;
        settle(entry);
        changed(entry);
        return new ApplyResult(
                same ? ApplyResult.Outcome.UNCHANGED : ApplyResult.Outcome.UPDATED, view(entry), List.of());
    }

    @Override
    public void restart(Caller caller, String namespace, String name) {
        require(caller, Permission.INSTANCE_RESTART);
        Entry entry = find(namespace, name);
        entry.ready = Math.max(0, entry.ready - 1);
        settle(entry);
        changed(entry);
    }

    @Override
    public void delete(Caller caller, String namespace, String name, String ifMatch) {
        require(caller, Permission.DEPLOYMENT_DELETE);
        Entry entry = find(namespace, name);
        synchronized (this) {
            entries.remove(namespace + "/" + name);
        }
        tell(entry, null);
    }

    @Override
    public MetricsWindow metrics(Caller caller, String namespace, String name, int seconds) {
        Entry entry = find(namespace, name);
        return entry.traffic.window(seconds, entry.ready);
    }

    @Override
    public Subscription logs(Caller caller, String namespace, String name, LogQuery query, LogListener listener) {
        return logs.follow(find(namespace, name), query, listener);
    }

    @Override
    public Subscription watch(Caller caller, String namespace, Consumer<DeploymentChange> listener) {
        Watcher watcher = new Watcher(namespace, listener);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
