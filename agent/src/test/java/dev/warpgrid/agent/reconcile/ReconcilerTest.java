package dev.warpgrid.agent.reconcile;

import static dev.warpgrid.agent.Samples.desired;
import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RevisionId OLD = revision(1);
    private static final RevisionId NEW = revision(2);

    @Test
    void takesNoteOfEverythingNewInOneStep() {
        List<Action> actions = Reconciler.decide(desired(1, workload(NEW), 2), Actual.nothing(), NOW)
                .actions();

        assertThat(actions)
                .containsExactly(
                        new Action.AddRevision(workload(NEW)),
                        new Action.AdoptInstance(instance(NEW, 0), NEW),
                        new Action.AdoptInstance(instance(NEW, 1), NEW),
                        new Action.SwapRoutes(desired(1, workload(NEW), 2).routes()));
    }

    @Test
    void fetchesThenPreparesThenStarts() {
        assertThat(actionsAt(RevisionStage.KNOWN))
                .containsExactly(new Action.FetchArtifact(NEW, workload(NEW).artifact(), 4));
        assertThat(actionsAt(RevisionStage.FETCHING)).isEmpty();
        assertThat(actionsAt(RevisionStage.STORED)).containsExactly(new Action.PrepareRevision(NEW));
        assertThat(actionsAt(RevisionStage.PREPARING)).isEmpty();
        assertThat(actionsAt(RevisionStage.READY)).containsExactly(new Action.StartInstance(instance(NEW, 0)));
    }

    @Test
    void failsInstancesOfARevisionThatCannotRunWithItsReason() {
        assertThat(actionsAt(RevisionStage.UNRUNNABLE))
                .containsExactly(new Action.FailInstance(instance(NEW, 0), "why"));
    }

    @Test
    void waitsUntilAFailedFetchMayBeTriedAgain() {
        DesiredState desired = desired(1, workload(NEW), 0);
        RevisionStatus failed = RevisionStatus.known(workload(NEW)).fetchFailed("away", NOW.plusSeconds(3));
        Actual actual = actual(Map.of(NEW, failed), List.of(), desired.routes());

        Decision early = Reconciler.decide(desired, actual, NOW);
        assertThat(early.actions()).isEmpty();
        assertThat(early.wakeAt()).contains(NOW.plusSeconds(3));
        assertThat(Reconciler.decide(desired, actual, NOW.plusSeconds(3)).actions())
                .hasSize(1)
                .first()
                .isInstanceOf(Action.FetchArtifact.class);
    }

    @Test
    void startsACrashedInstanceAgainWhenItsBackoffIsOver() {
        DesiredState desired = desired(1, workload(NEW), 1);
        InstanceStatus crashedTwice = running(NEW, 0)
                .crashed(BackoffPolicy.defaults(), "trap", NOW)
                .restarting(NOW)
                .crashed(BackoffPolicy.defaults(), "trap", NOW);
        Actual actual = actual(ready(NEW), List.of(crashedTwice), desired.routes());

        Decision early = Reconciler.decide(desired, actual, NOW);
        assertThat(early.actions()).isEmpty();
        assertThat(early.wakeAt()).contains(NOW.plusMillis(100));
        assertThat(Reconciler.decide(desired, actual, NOW.plusMillis(100)).actions())
                .containsExactly(new Action.StartInstance(instance(NEW, 0)));
    }

    @Test
    void countsARestartForEachCrash() {
        InstanceStatus status = running(NEW, 0).crashed(BackoffPolicy.defaults(), "trap", NOW);

        assertThat(status.state()).isEqualTo(InstanceState.BACKING_OFF);
        assertThat(status.until()).isEqualTo(NOW);
        assertThat(status.restarts()).isZero();
        assertThat(status.restarting(NOW).restarts()).isEqualTo(1);
    }

    @Test
    void swapsRoutesBeforeItDrainsTheOldRevision() {
        DesiredState desired = desired(2, workload(NEW), 1);
        Map<RevisionId, RevisionStatus> revisions = new TreeMap<>(ready(OLD));
        revisions.putAll(ready(NEW));
        Actual actual = actual(revisions, List.of(running(OLD, 0), running(NEW, 0)), List.of());

        assertThat(Reconciler.decide(desired, actual, NOW).actions())
                .containsExactly(new Action.SwapRoutes(desired.routes()), new Action.DrainInstance(instance(OLD, 0)));
    }

    @Test
    void stopsWhatDoesNotFinishDrainingInTime() {
        InstanceStatus draining = running(OLD, 0).become(InstanceState.DRAINING, "", NOW, NOW.plusSeconds(10));
        Actual actual = actual(ready(OLD), List.of(draining), List.of());

        Decision early = Reconciler.decide(DesiredState.empty(), actual, NOW);
        assertThat(early.actions()).isEmpty();
        assertThat(early.wakeAt()).contains(NOW.plusSeconds(10));
        assertThat(Reconciler.decide(DesiredState.empty(), actual, NOW.plusSeconds(10))
                        .actions())
                .hasSize(1)
                .first()
                .isInstanceOf(Action.StopInstance.class);
    }

    @Test
    void dropsARevisionOnlyWhenItsLastInstanceIsGone() {
        Actual used = actual(
                ready(OLD), List.of(running(OLD, 0).become(InstanceState.DRAINING, "", NOW, Instant.MAX)), List.of());
        assertThat(Reconciler.decide(DesiredState.empty(), used, NOW).actions()).isEmpty();

        Actual unused = actual(ready(OLD), List.of(), List.of());
        assertThat(Reconciler.decide(DesiredState.empty(), unused, NOW).actions())
                .containsExactly(new Action.DropRevision(OLD));
    }

    @Test
    void hasNothingToDoWhenAllIsAsWanted() {
        DesiredState desired = desired(1, workload(NEW), 1);
        Actual actual = actual(ready(NEW), List.of(running(NEW, 0)), desired.routes());

        Decision decision = Reconciler.decide(desired, actual, NOW);
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.wakeAt()).isEmpty();
    }

    @Test
    void neverGoesBackAGeneration() {
        DesiredState present = desired(5, workload(NEW), 1);
        assertThat(Reconciler.accepts(present, desired(4, workload(NEW), 0))).isFalse();
        assertThat(Reconciler.accepts(present, desired(5, workload(NEW), 1))).isTrue();
        assertThat(Reconciler.accepts(present, desired(6, workload(NEW), 0))).isTrue();
    }

    @Test
    void refusesAStepTheLifeCycleDoesNotHave() {
        InstanceStatus stopped = running(NEW, 0).become(InstanceState.STOPPED, "", NOW, Instant.MAX);
        assertThatThrownBy(() -> stopped.restarting(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgetsEarlierCrashesAfterAStableRun() {
        InstanceStatus once = running(NEW, 0).crashed(BackoffPolicy.defaults(), "trap", NOW);
        InstanceStatus again = once.restarting(NOW)
                .become(InstanceState.RUNNING, "", NOW, Instant.MAX)
                .crashed(BackoffPolicy.defaults(), "trap", NOW.plus(Duration.ofSeconds(60)));
        assertThat(again.crashes()).isEqualTo(1);
    }

    private static List<Action> actionsAt(RevisionStage stage) {
        DesiredState desired = desired(1, workload(NEW), 1);
        RevisionStatus status = new RevisionStatus(workload(NEW), stage, "why", 0, Instant.MIN);
        InstanceStatus pending = InstanceStatus.pending(instance(NEW, 0), NEW, 0, NOW);
        return Reconciler.decide(desired, actual(Map.of(NEW, status), List.of(pending), desired.routes()), NOW)
                .actions();
    }

    private static Map<RevisionId, RevisionStatus> ready(RevisionId revision) {
        return Map.of(revision, new RevisionStatus(workload(revision), RevisionStage.READY, "", 0, Instant.MIN));
    }

    private static InstanceStatus running(RevisionId revision, int index) {
        return InstanceStatus.pending(instance(revision, index), revision, 0, NOW)
                .restarting(NOW)
                .become(InstanceState.RUNNING, "", NOW, Instant.MAX);
    }

    private static Actual actual(
            Map<RevisionId, RevisionStatus> revisions, List<InstanceStatus> instances, List<Route> routes) {
        Map<InstanceId, InstanceStatus> byId = new TreeMap<>();
        instances.forEach(status -> byId.put(status.instance(), status));
        return new Actual(new TreeMap<>(revisions), new TreeMap<>(byId), routes);
    }
}
