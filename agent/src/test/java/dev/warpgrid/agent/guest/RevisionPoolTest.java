package dev.warpgrid.agent.guest;

import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.WorkloadLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevisionPoolTest implements PoolEvents {
    private static final RevisionId REVISION = revision(1);
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(1);

    private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    private Pools pools = new Pools(PoolLimits.of(2));

    @AfterEach
    void close() {
        pools.close();
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {
        events.add("crashed " + instance + " " + reason);
    }

    @Override
    public void ended(InstanceId instance, long incarnation) {
        events.add("ended " + instance);
    }

    @Override
    public void callFailed(
            InstanceId instance, RevisionId revision, CallFailure failure, String requestId, String detail) {
        events.add("failed " + failure);
    }

    @Test
    void givesACallToAnIdleInstance() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(5), Duration.ofSeconds(5));
        pool.add(instance(REVISION, 0), 1, ScriptedGuest.answering("hi"));

        assertThat(submit(pool).await().what()).isEqualTo("FINISHED");
    }

    @Test
    void refusesAtOnceWhereNoInstanceIsAndNoneComes() throws Exception {
        assertThat(submit(pool(Duration.ofSeconds(5), Duration.ofSeconds(5)))
                        .await()
                        .what())
                .isEqualTo("NO_INSTANCE");
    }

    @Test
    void holdsARequestWhileAnInstanceStarts() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(5), Duration.ofSeconds(5));
        pool.startsSoon(true);
        RecordedExchange held = submit(pool);
        assertThat(held.done()).isFalse();

        pool.add(instance(REVISION, 0), 1, ScriptedGuest.answering("hi"));
        assertThat(held.await().what()).isEqualTo("FINISHED");
    }

    @Test
    void turnsHeldRequestsAwayWhenNoInstanceComesAnyMore() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(5), Duration.ofSeconds(5));
        pool.startsSoon(true);
        RecordedExchange held = submit(pool);
        pool.startsSoon(false);
        assertThat(held.await().what()).isEqualTo("NO_INSTANCE");
    }

    @Test
    void refusesWhatTheQueueDoesNotTakeAndWhatWaitsTooLong() throws Exception {
        pools.close();
        pools = new Pools(new PoolLimits(1, 4, 1, Duration.ofMillis(60), Duration.ofMillis(10)));
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofSeconds(20));
        pool.startsSoon(true);
        RecordedExchange waiting = submit(pool);
        RecordedExchange tooMany = submit(pool);

        assertThat(tooMany.await().what()).isEqualTo("QUEUE_FULL");
        RecordedExchange.Outcome late = waiting.await();
        assertThat(late.what()).isEqualTo("WAITED_TOO_LONG");
        assertThat(late.nanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
    }

    @Test
    void neverEntersAnInstanceTwice() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofSeconds(20));
        List<ScriptedGuest> guests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var guest = new ScriptedGuest((request, response) -> Thread.onSpinWait());
            guests.add(guest);
            pool.add(instance(REVISION, i), 1, guest);
        }
        List<RecordedExchange> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(submit(pool));
        }
        for (RecordedExchange call : calls) {
            assertThat(call.await().what()).isEqualTo("FINISHED");
        }
        assertThat(guests).noneMatch(guest -> guest.enteredTwice.get());
        assertThat(guests.stream().mapToInt(guest -> guest.calls.get()).sum()).isEqualTo(1000);
    }

    @Test
    void usesTheInstanceUsedLastFirst() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofSeconds(20));
        ScriptedGuest first = ScriptedGuest.answering("a");
        ScriptedGuest second = ScriptedGuest.answering("b");
        pool.add(instance(REVISION, 0), 1, first);
        pool.add(instance(REVISION, 1), 1, second);
        for (int i = 0; i < 20; i++) {
            submit(pool).await();
            Eventually.until(() -> pool.load().inFlight() == 0);
        }
        assertThat(first.calls.get()).isZero();
        assertThat(second.calls.get()).isEqualTo(20);
    }

    @Test
    void stopsACallAtItsWallTimeLimit() throws Exception {
        RevisionPool pool = pool(Duration.ofMillis(100), Duration.ofSeconds(20));
        pool.add(instance(REVISION, 0), 1, new ScriptedGuest((request, response) -> Thread.sleep(60_000)));

        RecordedExchange.Outcome outcome = submit(pool).await();
        assertThat(outcome.what()).isEqualTo("TIMED_OUT");
        assertThat(Duration.ofNanos(outcome.nanos())).isBetween(Duration.ofMillis(100), Duration.ofMillis(400));
        Eventually.until(() -> events.stream().anyMatch(event -> event.startsWith("crashed")));
    }

    @Test
    void stopsACallAtItsProcessorTimeLimit() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofMillis(100));
        pool.add(instance(REVISION, 0), 1, new ScriptedGuest((request, response) -> ScriptedGuest.spin()));

        assertThat(submit(pool).await().what()).isEqualTo("CPU_LIMIT");
        Eventually.until(() -> pool.load().cpuNanos() >= TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(Duration.ofNanos(pool.load().cpuNanos())).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void doesNotCountWaitingAsProcessorTime() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofMillis(50));
        pool.add(instance(REVISION, 0), 1, new ScriptedGuest((request, response) -> Thread.sleep(150)));

        assertThat(submit(pool).await().what()).isEqualTo("FINISHED");
    }

    @Test
    void runsNeighboursWhileEveryGuestThreadIsHeld() throws Exception {
        RevisionPool greedy = pool(Duration.ofSeconds(20), Duration.ofSeconds(20));
        var release = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            greedy.add(instance(REVISION, i), 1, new ScriptedGuest((request, response) -> release.await()));
            submit(greedy);
        }
        RevisionPool neighbour = pools.open(revision(2), limits(Duration.ofSeconds(5), Duration.ofSeconds(5)), this);
        neighbour.add(instance(revision(2), 0), 1, ScriptedGuest.answering("hi"));

        RecordedExchange.Outcome outcome = submit(neighbour).await();
        release.countDown();
        assertThat(outcome.what()).isEqualTo("FINISHED");
        assertThat(Duration.ofNanos(outcome.nanos())).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void takesACrashedInstanceOutAndTellsWhy() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(5), Duration.ofSeconds(5));
        var guest = new ScriptedGuest((request, response) -> {
            throw new GuestCrashException("UNREACHABLE: the guest panicked");
        });
        pool.add(instance(REVISION, 0), 7, guest);

        assertThat(submit(pool).await().what()).isEqualTo("TRAPPED");
        assertThat(guest.closed.await(5, TimeUnit.SECONDS)).isTrue();
        Eventually.until(() -> events.contains("crashed hello-1-0 UNREACHABLE: the guest panicked"));
        assertThat(pool.load().instances()).isZero();
    }

    @Test
    void keepsAnInstanceThatGaveNoResponse() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(5), Duration.ofSeconds(5));
        pool.add(instance(REVISION, 0), 1, new ScriptedGuest((request, response) -> {
            throw new GuestAnswerException("no response set");
        }));

        assertThat(submit(pool).await().what()).isEqualTo("NO_RESPONSE");
        assertThat(submit(pool).await().what()).isEqualTo("NO_RESPONSE");
        assertThat(pool.load().instances()).isEqualTo(1);
    }

    @Test
    void letsADrainingInstanceFinishItsCall() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofSeconds(20));
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        pool.add(instance(REVISION, 0), 1, new ScriptedGuest((request, response) -> {
            entered.countDown();
            release.await();
        }));
        RecordedExchange call = submit(pool);
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

        pool.drain(instance(REVISION, 0));
        assertThat(events).isEmpty();
        release.countDown();
        assertThat(call.await().what()).isEqualTo("FINISHED");
        Eventually.until(() -> events.contains("ended hello-1-0"));
    }

    @Test
    void endsARunningCallOfAStoppedInstance() throws Exception {
        RevisionPool pool = pool(Duration.ofSeconds(20), Duration.ofSeconds(20));
        var entered = new CountDownLatch(1);
        pool.add(instance(REVISION, 0), 1, new ScriptedGuest((request, response) -> {
            entered.countDown();
            Thread.sleep(60_000);
        }));
        RecordedExchange call = submit(pool);
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

        pool.stop(instance(REVISION, 0), "The node ends.");
        assertThat(call.await().what()).isEqualTo("STOPPED");
        Eventually.until(() -> events.contains("ended hello-1-0"));
    }

    private RevisionPool pool(Duration timeout, Duration cpuTime) {
        return pools.open(REVISION, limits(timeout, cpuTime), this);
    }

    private static WorkloadLimits limits(Duration timeout, Duration cpuTime) {
        return new WorkloadLimits(MEMORY, timeout, cpuTime);
    }

    private static RecordedExchange submit(RevisionPool pool) {
        var exchange = new RecordedExchange("/");
        pool.submit(exchange);
        return exchange;
    }
}
