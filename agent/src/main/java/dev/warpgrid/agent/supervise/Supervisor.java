package dev.warpgrid.agent.supervise;

import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.GuestInstance;
import dev.warpgrid.agent.guest.PoolEvents;
import dev.warpgrid.agent.guest.PreparedGuest;
import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.logs.InstanceLog;
import dev.warpgrid.agent.reconcile.Action;
import dev.warpgrid.agent.reconcile.Actual;
import dev.warpgrid.agent.reconcile.Decision;
import dev.warpgrid.agent.reconcile.InstanceStatus;
import dev.warpgrid.agent.reconcile.Reconciler;
import dev.warpgrid.agent.reconcile.RevisionStage;
import dev.warpgrid.agent.reconcile.RevisionStatus;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes the node be what its desired state says. All of its state belongs to one thread. */
public final class Supervisor implements PoolEvents, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final int MOST_ROUNDS = 16;

    private final SupervisorParts parts;
    private final SupervisorWork work;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("supervisor").factory());

    // Of the supervisor's thread.
    private final SortedMap<RevisionId, RevisionStatus> revisions = new TreeMap<>();
    private final SortedMap<InstanceId, InstanceStatus> instances = new TreeMap<>();
    private final SortedMap<InstanceId, Long> incarnations = new TreeMap<>();
    private List<Route> routes = List.of();
    private boolean runtimesChanged;
    private final List<RevisionRuntime> dropped = new ArrayList<>();
    private long lastIncarnation;
    private long reportedGeneration = -1;
    private boolean reconcilePosted;

    // Read by others.
    private volatile DesiredState desired = DesiredState.empty();
    private final Map<RevisionId, RevisionRuntime> runtimes = new ConcurrentSkipListMap<>();
    private final Map<InstanceId, InstanceFact> latestFacts = new ConcurrentSkipListMap<>();
    private final Map<InstanceId, InstanceLog> logs = new ConcurrentHashMap<>();
    private long factSequence;

    public Supervisor(SupervisorParts parts) {
        this.parts = parts;
        this.work = new SupervisorWork(parts.limits());
        // Wake-ups that are still to come must not hold the end up.
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        var ignored = thread.scheduleWithFixedDelay(this::saveRestarts, 1, 1, TimeUnit.SECONDS);
    }

    // ---- from outside

    /** Goes on with the state of before the restart, if there is one. */
    public void resume() {
        parts.state().load().ifPresent(state -> post(() -> take(state)));
    }

    /** Takes a desired state; an older one than the present is left aside. */
    public void apply(DesiredState state) {
        post(() -> {
            if (!Reconciler.accepts(desired, state)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Generation " + state.generation() + " is older than " + desired.generation()
                                + " and is left aside");
                return;
            }
            if (!state.equals(desired)) {
                parts.state().save(state);
            }
            take(state);
        });
    }

    public long generation() {
        return desired.generation();
    }

    /** The newest fact of every instance that is here. */
    public List<InstanceFact> present() {
        return List.copyOf(latestFacts.values());
    }

    public Collection<RevisionRuntime> runtimes() {
        return runtimes.values();
    }

    public long guestMemoryBytes() {
        long sum = 0;
        for (RevisionRuntime runtime : runtimes.values()) {
            sum += runtime.pool().load().memoryBytes();
        }
        return sum;
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {
        post(() -> ifCurrent(instance, incarnation, status -> crash(status, reason)));
    }

    @Override
    public void ended(InstanceId instance, long incarnation) {
        post(() -> ifCurrent(instance, incarnation, status -> stopped(status, status.reason())));
    }

    @Override
    public void callFailed(
            InstanceId instance, RevisionId revision, CallFailure failure, String requestId, String detail) {
        String message = failure.sentence() + (detail.isEmpty() ? "" : " " + detail);
        InstanceLog log = logs.get(instance);
        if (log != null) {
            log.agent(
                    LogLine.Level.ERROR,
                    failure.eventReason() + " in request " + requestId + (detail.isEmpty() ? "" : ": " + detail));
        }
        parts.facts()
                .event(new NodeEvent(
                        parts.clock().instant(),
                        true,
                        failure.eventReason(),
                        message,
                        Optional.of(instance),
                        Optional.of(revision),
                        1));
    }

    // ---- the supervisor's thread

    private void post(Runnable event) {
        try {
            thread.execute(() -> {
                try {
                    event.run();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "The supervisor failed on an event", e);
                }
                postReconcile();
            });
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "The supervisor has ended", e);
        }
    }

    /** Many events that wait together are reconciled once. */
    private void postReconcile() {
        if (!reconcilePosted) {
            reconcilePosted = true;
            thread.execute(() -> {
                reconcilePosted = false;
                try {
                    reconcile();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "The supervisor failed to reconcile", e);
                }
            });
        }
    }

    private void take(DesiredState state) {
        desired = state;
    }

    private void reconcile() {
        Decision decision = new Decision(List.of(), Optional.empty());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            decision = Reconciler.decide(desired, new Actual(revisions, instances, routes), now());
            if (decision.actions().isEmpty()) {
                break;
            }
            decision.actions().forEach(this::perform);
        }
        publishRuntimes();
        updateOutlook();
        if (reportedGeneration != desired.generation()) {
            reportedGeneration = desired.generation();
            parts.facts().applied(reportedGeneration);
        }
        decision.wakeAt().ifPresent(at -> {
            long millis = Math.max(1, Duration.between(now(), at).toMillis() + 1);
            var ignored = thread.schedule(this::postReconcile, millis, TimeUnit.MILLISECONDS);
        });
    }

    private void perform(Action action) {
        switch (action) {
            case Action.AddRevision add -> addRevision(add);
            case Action.FetchArtifact fetch -> fetch(fetch);
            case Action.PrepareRevision prepare -> prepare(prepare.revision());
            case Action.AdoptInstance adopt -> adopt(adopt);
            case Action.StartInstance start -> start(start.instance());
            case Action.FailInstance fail -> become(fail.instance(), InstanceState.FAILED, fail.reason(), Instant.MAX);
            case Action.DrainInstance drain -> drain(drain.instance());
            case Action.StopInstance stop -> stop(stop.instance(), stop.reason());
            case Action.DropRevision drop -> drop(drop.revision());
            case Action.SwapRoutes swap -> swap(swap.routes());
        }
    }

    private void addRevision(Action.AddRevision add) {
        RevisionId revision = add.workload().revision();
        revisions.put(revision, RevisionStatus.known(add.workload()));
        var runtime =
                new RevisionRuntime(parts.pools().open(revision, add.workload().limits(), this));
        // Routes may lead here before the end of this step has looked at what starts: requests wait until then.
        runtime.pool().startsSoon(true);
        runtimes.put(revision, runtime);
        // Routes may name it already, those of the grid included.
        runtimesChanged = true;
    }

    private void fetch(Action.FetchArtifact fetch) {
        RevisionId revision = fetch.revision();
        if (parts.artifacts().has(fetch.artifact())) {
            stage(revision, RevisionStage.STORED, "");
            return;
        }
        stage(revision, RevisionStage.FETCHING, "");
        work.fetch(
                () -> parts.source().fetch(fetch.artifact(), fetch.bytes()),
                () -> post(() -> stage(revision, RevisionStage.STORED, "")),
                cause -> post(() -> fetchFailed(revision, cause)));
    }

    private void fetchFailed(RevisionId revision, String cause) {
        RevisionStatus status = revisions.get(revision);
        if (status != null) {
            Duration wait = parts.backoff()
                    .delay(status.failures() + 2)
                    .plus(
                            status.failures() == 0
                                    ? Duration.ZERO
                                    : parts.limits().fetchRetry());
            revisions.put(revision, status.fetchFailed(cause, now().plus(wait)));
            parts.facts()
                    .event(new NodeEvent(
                            now(), true, "ArtifactFetchFailed", cause, Optional.empty(), Optional.of(revision), 1));
        }
    }

    private void prepare(RevisionId revision) {
        RevisionStatus status = revisions.get(revision);
        if (status == null) {
            return;
        }
        stage(revision, RevisionStage.PREPARING, "");
        work.prepare(
                () -> {
                    Optional<byte[]> bytes =
                            parts.artifacts().read(status.workload().artifact());
                    return bytes.map(artifact -> parts.factory().prepare(status.workload(), artifact));
                },
                prepared -> post(() -> prepared(revision, prepared)),
                () -> post(() -> stage(revision, RevisionStage.KNOWN, "The stored artifact was damaged.")),
                reason -> post(() -> stage(revision, RevisionStage.UNRUNNABLE, reason)));
    }

    private void prepared(RevisionId revision, PreparedGuest prepared) {
        RevisionRuntime runtime = runtimes.get(revision);
        if (runtime == null) {
            prepared.close();
            return;
        }
        runtime.prepared(prepared);
        stage(revision, RevisionStage.READY, "");
    }

    private void stage(RevisionId revision, RevisionStage stage, String reason) {
        revisions.computeIfPresent(revision, (id, status) -> status.at(stage, reason));
    }

    private void adopt(Action.AdoptInstance adopt) {
        InstanceId id = adopt.instance();
        logs.put(id, parts.logs().open(id, adopt.revision()));
        change(InstanceStatus.pending(id, adopt.revision(), parts.restarts().restarts(id), now()));
    }

    private void start(InstanceId id) {
        InstanceStatus status = status(id);
        RevisionRuntime runtime = runtimes.get(status.revision());
        PreparedGuest prepared = runtime == null ? null : runtime.prepared();
        InstanceLog log = logs.get(id);
        if (prepared == null || log == null) {
            throw new IllegalStateException("Instance " + id + " was to start before its revision was prepared.");
        }
        long incarnation = ++lastIncarnation;
        incarnations.put(id, incarnation);
        InstanceStatus starting = status.restarting(now());
        parts.restarts().note(id, starting.restarts());
        change(starting);
        if (guestMemoryBytes() >= parts.limits().guestMemoryBytes()) {
            crash(starting, "The guests of this node use all the memory it has for them.");
            return;
        }
        work.start(
                () -> prepared.start(log),
                guest -> post(() -> started(id, incarnation, guest)),
                reason -> post(() -> ifCurrent(id, incarnation, current -> crash(current, reason))));
    }

    private void started(InstanceId id, long incarnation, GuestInstance guest) {
        InstanceStatus status = instances.get(id);
        RevisionRuntime runtime = status == null ? null : runtimes.get(status.revision());
        Long current = incarnations.get(id);
        if (status == null || runtime == null || current == null || current != incarnation) {
            guest.close();
            return;
        }
        runtime.counters().started();
        runtime.pool().add(id, incarnation, guest);
        become(id, InstanceState.RUNNING, "", Instant.MAX);
    }

    private void crash(InstanceStatus status, String reason) {
        if (status.state() == InstanceState.DRAINING) {
            stopped(status, reason);
            return;
        }
        InstanceLog log = logs.get(status.instance());
        if (log != null) {
            log.agent(LogLine.Level.ERROR, "The instance crashed: " + reason);
        }
        change(status.crashed(parts.backoff(), reason, now()));
    }

    private void drain(InstanceId id) {
        InstanceStatus status = status(id);
        become(
                id,
                InstanceState.DRAINING,
                "It is no longer wanted here.",
                now().plus(parts.limits().drain()));
        RevisionRuntime runtime = runtimes.get(status.revision());
        if (runtime != null) {
            runtime.pool().drain(id);
        }
    }

    private void stop(InstanceId id, String reason) {
        InstanceStatus status = status(id);
        RevisionRuntime runtime = runtimes.get(status.revision());
        if (runtime != null) {
            runtime.pool().stop(id, reason);
        }
        stopped(status, reason);
    }

    private void stopped(InstanceStatus status, String reason) {
        InstanceId id = status.instance();
        change(status.become(InstanceState.STOPPED, reason, now(), Instant.MAX));
        instances.remove(id);
        incarnations.remove(id);
        latestFacts.remove(id);
        logs.remove(id);
        parts.logs().forget(id);
        parts.restarts().forget(id);
    }

    private void drop(RevisionId revision) {
        revisions.remove(revision);
        RevisionRuntime runtime = runtimes.remove(revision);
        runtimesChanged = true;
        if (runtime != null) {
            dropped.add(runtime);
        }
        work.later(() -> work.trim(parts.artifacts(), desired));
    }

    private void swap(List<Route> wanted) {
        routes = wanted;
        runtimesChanged = true;
        publishRuntimes();
    }

    /** Once for all that a step did; what was dropped is closed only when nothing leads to it any more. */
    private void publishRuntimes() {
        if (!runtimesChanged) {
            return;
        }
        runtimesChanged = false;
        SortedMap<RevisionId, LocalRevision> revisionsHere = new TreeMap<>();
        runtimes.forEach((revision, runtime) -> revisionsHere.put(revision, runtime.local()));
        parts.routes().accept(new LocalRoutes(routes, revisionsHere));
        dropped.forEach(runtime -> work.later(runtime::close));
        dropped.clear();
    }

    /** Requests wait only where an instance is likely to take them in time. */
    private void updateOutlook() {
        Instant soon = now().plus(parts.pools().queueDeadline());
        SortedMap<RevisionId, Boolean> likely = new TreeMap<>();
        for (InstanceStatus status : instances.values()) {
            boolean comes = switch (status.state()) {
                case PENDING, STARTING, RUNNING -> true;
                case BACKING_OFF -> status.until().isBefore(soon);
                case DRAINING, FAILED, STOPPED -> false;
            };
            likely.merge(status.revision(), comes, Boolean::logicalOr);
        }
        runtimes.forEach((revision, runtime) -> runtime.pool().startsSoon(likely.getOrDefault(revision, false)));
    }

    private void become(InstanceId id, InstanceState state, String reason, Instant until) {
        change(status(id).become(state, reason, now(), until));
    }

    /** The one place where an instance changes: what is kept and what is told cannot part. */
    private void change(InstanceStatus status) {
        instances.put(status.instance(), status);
        RevisionRuntime runtime = runtimes.get(status.revision());
        var fact = new InstanceFact(
                ++factSequence,
                now(),
                parts.node(),
                status.instance(),
                status.revision(),
                status.state(),
                status.reason(),
                status.restarts(),
                runtime == null ? 0 : runtime.pool().memoryBytes(status.instance()));
        latestFacts.put(status.instance(), fact);
        parts.facts().fact(fact);
    }

    private InstanceStatus status(InstanceId id) {
        InstanceStatus status = instances.get(id);
        if (status == null) {
            throw new IllegalStateException("There is no instance " + id + ".");
        }
        return status;
    }

    private void ifCurrent(InstanceId id, long incarnation, Consumer<InstanceStatus> event) {
        InstanceStatus status = instances.get(id);
        Long current = incarnations.get(id);
        if (status != null && current != null && current == incarnation) {
            event.accept(status);
        }
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private void saveRestarts() {
        try {
            parts.restarts().save();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Restart counts cannot be written", e);
        }
    }

    /** Ends all instances at once; the desired state stays for the next start. */
    @Override
    public void close() {
        thread.execute(this::saveRestarts);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "The supervisor did not end within 5 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtimes.values().forEach(RevisionRuntime::close);
        work.close();
    }
}
