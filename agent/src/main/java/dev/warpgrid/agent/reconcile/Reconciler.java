package dev.warpgrid.agent.reconcile;

import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is wanted with what is there. Level-triggered: the answer depends on the two states alone, so a lost or
 * repeated message does no harm. Code comes first, then starts, then routes, then what is no longer wanted, so that a new
 * revision takes over before the old one goes.
 */
public final class Reconciler {
    private Reconciler() {}

    /** Generations never go back: an older state than the present one is refused. */
    public static boolean accepts(DesiredState present, DesiredState offered) {
        return offered.generation() >= present.generation();
    }

    public static Decision decide(DesiredState desired, Actual actual, Instant now) {
        var step = new Step(desired, actual, now);
        step.prepareRevisions();
        step.startInstances();
        step.swapRoutes();
        step.endInstances();
        step.dropRevisions();
        return new Decision(step.actions, step.wakeAt);
    }

    private static final class Step {
        private final DesiredState desired;
        private final Actual actual;
        private final Instant now;
        private final SortedMap<RevisionId, Workload> workloads = new TreeMap<>();
        private final SortedMap<InstanceId, RevisionId> assignments = new TreeMap<>();
        private final List<Action> actions = new ArrayList<>();
        private Optional<Instant> wakeAt = Optional.empty();

        Step(DesiredState desired, Actual actual, Instant now) {
            this.desired = desired;
            this.actual = actual;
            this.now = now;
            desired.workloads().forEach(workload -> workloads.put(workload.revision(), workload));
            for (Assignment assignment : desired.assignments()) {
                assignments.put(assignment.instance(), assignment.revision());
            }
        }

        void prepareRevisions() {
            for (Workload workload : workloads.values()) {
                RevisionStatus status = actual.revisions().get(workload.revision());
                if (status == null) {
                    actions.add(new Action.AddRevision(workload));
                    continue;
                }
                switch (status.stage()) {
                    case KNOWN -> {
                        if (status.notBefore().isAfter(now)) {
                            wake(status.notBefore());
                        } else {
                            actions.add(new Action.FetchArtifact(
                                    workload.revision(), workload.artifact(), workload.artifactBytes()));
                        }
                    }
                    case STORED -> actions.add(new Action.PrepareRevision(workload.revision()));
                    case FETCHING, PREPARING, READY, UNRUNNABLE -> {}
                }
            }
        }

        void startInstances() {
            assignments.forEach((instance, revision) -> {
                InstanceStatus status = actual.instances().get(instance);
                if (status == null) {
                    actions.add(new Action.AdoptInstance(instance, revision));
                } else if (status.revision().equals(revision)) {
                    start(status, actual.revisions().get(revision));
                }
            });
        }

        private void start(InstanceStatus status, @Nullable RevisionStatus revision) {
            boolean waits = status.state() == InstanceState.PENDING || status.state() == InstanceState.BACKING_OFF;
            if (!waits) {
                return;
            }
            if (revision == null) {
                if (!workloads.containsKey(status.revision())) {
                    actions.add(new Action.FailInstance(
                            status.instance(),
                            "The desired state assigns revision " + status.revision() + " but does not describe it."));
                }
                return;
            }
            switch (revision.stage()) {
                case UNRUNNABLE -> actions.add(new Action.FailInstance(status.instance(), revision.reason()));
                case READY -> {
                    if (status.state() == InstanceState.BACKING_OFF
                            && status.until().isAfter(now)) {
                        wake(status.until());
                    } else {
                        actions.add(new Action.StartInstance(status.instance()));
                    }
                }
                case KNOWN, FETCHING, STORED, PREPARING -> {}
            }
        }

        void swapRoutes() {
            if (!desired.routes().equals(actual.routes())) {
                actions.add(new Action.SwapRoutes(desired.routes()));
            }
        }

        void endInstances() {
            for (InstanceStatus status : actual.instances().values()) {
                if (!status.revision().equals(assignments.get(status.instance()))) {
                    end(status);
                } else if (status.state() == InstanceState.DRAINING) {
                    // Wanted again, but a drained instance does not come back: it ends and is adopted anew.
                    endDrained(status);
                }
            }
        }

        private void end(InstanceStatus status) {
            switch (status.state()) {
                case RUNNING -> actions.add(new Action.DrainInstance(status.instance()));
                case DRAINING -> endDrained(status);
                case PENDING, STARTING, BACKING_OFF, FAILED ->
                    actions.add(new Action.StopInstance(status.instance(), "It is no longer wanted here."));
                case STOPPED -> {}
            }
        }

        private void endDrained(InstanceStatus status) {
            if (status.until().isAfter(now)) {
                wake(status.until());
            } else {
                actions.add(new Action.StopInstance(
                        status.instance(), "It did not finish its requests within the drain time."));
            }
        }

        void dropRevisions() {
            for (RevisionId revision : actual.revisions().keySet()) {
                boolean used = actual.instances().values().stream()
                        .anyMatch(status -> status.revision().equals(revision));
                if (!workloads.containsKey(revision) && !used) {
                    actions.add(new Action.DropRevision(revision));
                }
            }
        }

        private void wake(Instant at) {
            if (wakeAt.isEmpty() || at.isBefore(wakeAt.get())) {
                wakeAt = Optional.of(at);
            }
        }
    }
}
