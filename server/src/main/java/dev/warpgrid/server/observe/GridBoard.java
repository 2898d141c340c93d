package dev.warpgrid.server.observe;

import dev.warpgrid.api.Subscription;
import dev.warpgrid.control.replica.Reason;
import dev.warpgrid.control.routing.RoutePlan;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.Watch;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The grid as the controller last read it, with facts as they are now. */
@Singleton
public class GridBoard {
    /** A list of deployments asks for each of them. */
    static final Duration FRESH = Duration.ofMillis(100);

    private final FactBoard facts;
    private final Clock clock;
    private final ControlPolicy policy;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Step last;
    private volatile @Nullable Assembled assembled;

    private record Assembled(Step step, long version, Instant at, GridSnapshot snapshot) {}

    /**
     * What a step of the controller read and decided.
     *
     * @param watch since when nodes are listened to without a gap
     * @param routes how requests are parted among revisions
     */
    public record Step(GridRows rows, Watch watch, List<Reason> reasons, RoutePlan routes, Instant at) {
        public Step {
            reasons = List.copyOf(reasons);
        }

        /** Nothing was decided about routes. */
        public Step(GridRows rows, Watch watch, List<Reason> reasons, Instant at) {
            this(rows, watch, reasons, RoutePlan.none(), at);
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
        boolean changed = !step.rows().equals(last.rows())
                || !step.reasons().equals(last.reasons())
                || !step.routes().equals(last.routes());
        last = step;
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    public Step last() {
        return last;
    }

    /** Rows as last read, facts and node states as of now; the same answer for {@link #FRESH} where nothing changed. */
    @SuppressWarnings("ReferenceEquality") // the same step, not an equal one
    public GridSnapshot now() {
        Step step = last;
        long version = facts.version();
        Instant now = clock.instant();
        Assembled kept = assembled;
        if (kept != null
                && kept.step() == step
                && kept.version() == version
                && now.isBefore(kept.at().plus(FRESH))) {
            return kept.snapshot();
        }
        GridSnapshot snapshot = SnapshotAssembly.assemble(policy, step.rows(), facts.all(), step.watch(), now);
        assembled = new Assembled(step, version, now, snapshot);
        return snapshot;
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
