package dev.warpgrid.server.control;

import dev.warpgrid.control.replica.InstanceIds;
import dev.warpgrid.control.replica.ReplicaDecider;
import dev.warpgrid.control.replica.ReplicaDecision;
import dev.warpgrid.control.replica.ReplicaState;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.control.rollout.RolloutDecider;
import dev.warpgrid.control.rollout.RolloutDecision;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.Watch;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.observe.FactBoard;
import dev.warpgrid.server.observe.GridBoard;
import dev.warpgrid.server.observe.GridRows;
import dev.warpgrid.server.observe.MetricsBoard;
import dev.warpgrid.server.observe.NodeFacts;
import dev.warpgrid.server.observe.SnapshotAssembly;
import dev.warpgrid.server.service.IntentChanged;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import dev.warpgrid.server.store.LeaseStore;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The controller's thread: a step when intent or facts change and once a second. Steps only while this server holds the
 * lease; each commit checks its fence, so a server that lost the lease without knowing writes nothing.
 */
@Singleton
public class ControlLoop {
    static final Duration TICK = Duration.ofSeconds(1);
    static final Duration LEASE_VALIDITY = Duration.ofSeconds(4);
    private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());

    private final LeaseStore leases;
    private final GridReader reader;
    private final PlanCommitter committer;
    private final FactBoard facts;
    private final MetricsBoard metrics;
    private final GridBoard board;
    private final AgentOutbox outbox;
    private final Transactions transactions;
    private final ControlPolicy policy;
    private final Clock clock;
    private final Executor executor;
    private final GridJournal journal;
    private final InstanceIds ids = new RandomInstanceIds();
    private final String holder = UUID.randomUUID().toString();
    private final Wake wake = new Wake();
    private final AtomicBoolean started = new AtomicBoolean();

    private volatile boolean stopped;
    private volatile boolean leading;
    private @Nullable ReplicaState state;
    private long fence;
    private String lastProblem = "";

    @Inject
    public ControlLoop(
            LeaseStore leases,
            GridReader reader,
            PlanCommitter committer,
            FactBoard facts,
            MetricsBoard metrics,
            GridBoard board,
            AgentOutbox outbox,
            EventQueue events,
            Transactions transactions,
            ControlPolicy policy,
            Clock clock,
            @VirtualThreads Executor executor) {
        this.leases = leases;
        this.reader = reader;
        this.committer = committer;
        this.facts = facts;
        this.metrics = metrics;
        this.board = board;
        this.outbox = outbox;
        this.transactions = transactions;
        this.policy = policy;
        this.clock = clock;
        this.executor = executor;
        this.journal = new GridJournal(events::offer);
    }

    void start(@Observes @Priority(StartupOrder.CONTROL) DatabaseReady event) {
        if (started.compareAndSet(false, true)) {
            facts.onChange(change -> {
                journal.facts(change);
                wake.raise();
            });
            executor.execute(this::run);
        }
    }

    void intent(@Observes(during = TransactionPhase.AFTER_SUCCESS) IntentChanged event) {
        wake.raise();
    }

    @PreDestroy
    void stop() {
        stopped = true;
        wake.raise();
        if (leading) {
            try {
                transactions.run(() -> leases.release(PlanCommitter.LEASE, holder));
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "The lease was not given back; it ends by itself.", e);
            }
        }
    }

    /** Whether this server runs the controllers, and so is the one that agents report to. */
    public boolean isLeading() {
        return leading;
    }

    private void run() {
        while (!stopped) {
            try {
                step();
                lastProblem = "";
            } catch (RuntimeException e) {
                report(e);
            }
            try {
                wake.await(TICK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void report(RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(lastProblem)) {
            LOG.log(Level.WARNING, "The controller could not step and tries again: " + problem);
            LOG.log(Level.DEBUG, "The controller's step failed.", e);
        }
        lastProblem = problem;
    }

    void step() {
        OptionalLong held = transactions.call(() -> leases.acquire(PlanCommitter.LEASE, holder, LEASE_VALIDITY));
        if (held.isEmpty()) {
            if (leading) {
                LOG.log(Level.INFO, "Another server runs the controllers now.");
            }
            leading = false;
            state = null;
            // Lists stay readable here; how nodes are is known where they report to.
            Instant now = clock.instant();
            board.publish(
                    new GridBoard.Step(transactions.call(reader::read), Watch.starting(policy, now), List.of(), now));
            return;
        }
        Instant now = clock.instant();
        ReplicaState before = state;
        if (before == null || fence != held.getAsLong()) {
            LOG.log(Level.INFO, "This server runs the controllers (fence {0}).", held.getAsLong());
            before = ReplicaState.starting(policy, now);
        }
        fence = held.getAsLong();
        leading = true;
        before = before.stepping(policy, now);
        state = before;
        decideAndCommit(before, now);
    }

    private void decideAndCommit(ReplicaState before, Instant now) {
        GridRows rows = transactions.call(reader::read);
        SortedMap<NodeId, NodeFacts> known = facts.all();
        GridSnapshot snapshot = SnapshotAssembly.assemble(policy, rows, known, before.watch(), now);
        RolloutDecision rollouts = RolloutDecider.decide(policy, snapshot, rows.rollouts(), measures(rows), now);
        ReplicaDecision decision = ReplicaDecider.decide(policy, snapshot, rollouts.directives(), before, now, ids);
        PlanCommitter.Basis basis = new PlanCommitter.Basis(rows, known, before.watch(), now);
        PlanCommitter.Committed committed = committer.commit(
                fence, basis, new PlanCommitter.Plan(decision.actions(), decision.routes(), rollouts.written()));
        state = decision.state();
        committed
                .checked()
                .refused()
                .forEach(refused -> LOG.log(Level.DEBUG, "A part of a plan was stale: {0}", refused.sentence()));
        committed.changed().forEach(outbox::offer);
        board.publish(new GridBoard.Step(committed.rows(), before.watch(), decision.reasons(), decision.routes(), now));
        journal.step(snapshot, committed.checked().accepted(), decision.reasons());
        journal.rollouts(rollouts.notes(), committed.rolledOut());
        if (!committed.checked().refused().isEmpty() || !committed.rolledOut().isEmpty()) {
            wake.raise();
        }
    }

    /** What requests say about each revision that is taking over. */
    private SortedMap<DeploymentId, RevisionMeasure> measures(GridRows rows) {
        SortedMap<DeploymentId, RevisionMeasure> measures = new TreeMap<>();
        rows.rollouts().forEach((deployment, intent) -> {
            RolloutState rollout = intent.state();
            Instant since = rollout == null || !rollout.isUnderWay() ? null : rollout.measuredSince();
            if (rollout != null && since != null) {
                measures.put(deployment, metrics.measure(rollout.target(), since));
            }
        });
        return measures;
    }
}
