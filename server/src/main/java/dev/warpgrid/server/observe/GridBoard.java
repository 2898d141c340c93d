package dev.warpgrid.server.observe;

import dev.warpgrid.api.Subscription;
import dev.warpgrid.control.replica.Reason;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.Watch;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The grid as the controller last read it, with facts as they are now. */
@Singleton
public class GridBoard {
    private final FactBoard facts;
    private final Clock clock;
    private final ControlPolicy policy;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Step last;

    /** @param watch since when nodes are listened to without a gap */
    public record Step(GridRows rows, Watch watch, List<Reason> reasons, Instant at) {
        public Step {
            reasons = List.copyOf(reasons);
        }
    }

    @Inject
    public GridBoard(FactBoard facts, Clock clock, ControlPolicy policy) {
        this.facts = facts;
        this.clock = clock;
        this.policy = policy;
        Instant now = clock.instant();
        this.last = new Step(GridRows.empty(), Watch.starting(policy, now), List.of(), now);
    }

    public void publish(Step step) {
        boolean changed = !step.rows().equals(last.rows()) || !step.reasons().equals(last.reasons());
        last = step;
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    public Step last() {
        return last;
    }

    /** Rows as last read, facts and node states as of now. */
    public GridSnapshot now() {
        Step step = last;
        return SnapshotAssembly.assemble(policy, step.rows(), facts.all(), step.watch(), clock.instant());
    }

    public Instant instant() {
        return clock.instant();
    }

    /** Tells after rows or reasons have changed; the listener returns at once. */
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
