package dev.warpgrid.server.control;

import dev.warpgrid.control.routing.GridRoutesBuilder;
import dev.warpgrid.control.routing.RevisionShares;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.observe.FactBoard;
import dev.warpgrid.server.observe.GridBoard;
import dev.warpgrid.server.observe.GridRows;
import dev.warpgrid.server.observe.NodeFacts;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import dev.warpgrid.server.store.StoredNode;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells the nodes where requests go: builds the table of the grid's routes after each change of rows or facts, at most once
 * every {@link #PAUSE}, and once a second besides, since a node falls silent without an event.
 */
@Singleton
public class GridRoutesFeed {
    /** Changes within it are told together. */
    static final Duration PAUSE = Duration.ofMillis(100);

    static final Duration TICK = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(GridRoutesFeed.class.getName());

    private final GridBoard board;
    private final FactBoard facts;
    private final AgentOutbox outbox;
    private final Executor executor;
    private final Wake wake = new Wake();
    private final AtomicBoolean started = new AtomicBoolean();
    private GridRoutes newest = GridRoutes.empty();
    private volatile boolean stopped;

    @Inject
    public GridRoutesFeed(GridBoard board, FactBoard facts, AgentOutbox outbox, @VirtualThreads Executor executor) {
        this.board = board;
        this.facts = facts;
        this.outbox = outbox;
        this.executor = executor;
    }

    void start(@Observes @Priority(StartupOrder.CONTROL) DatabaseReady event) {
        if (started.compareAndSet(false, true)) {
            var ofRows = board.onChange(wake::raise);
            var ofFacts = facts.onChange(change -> wake.raise());
            LOG.log(Level.DEBUG, "Routes follow rows and facts: {0} {1}", ofRows, ofFacts);
            executor.execute(this::run);
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        wake.raise();
    }

    private void run() {
        while (!stopped) {
            try {
                wake.await(TICK);
                publish();
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The table of routes could not be built and is tried again.", e);
            }
        }
    }

    private void publish() {
        GridBoard.Step step = board.last();
        GridRows rows = step.rows();
        if (rows.nodes().isEmpty()) {
            // Nothing was read yet, or there is nobody to tell: an empty table would take every route away.
            return;
        }
        GridRoutes table = GridRoutesBuilder.build(
                board.now(),
                peers(rows),
                RevisionShares.by(step.routes()),
                step.routes().retiring(),
                newest);
        if (!table.equals(newest)) {
            newest = table;
            outbox.offer(table);
        }
    }

    private SortedMap<NodeId, MeshPeer> peers(GridRows rows) {
        SortedMap<NodeId, NodeFacts> told = facts.all();
        SortedMap<NodeId, MeshPeer> peers = new TreeMap<>();
        for (StoredNode node : rows.nodes()) {
            NodeFacts known = told.get(node.id());
            NodeDescription description = description(node, known);
            if (description != null) {
                description.meshPeer().ifPresent(peer -> peers.put(node.id(), peer));
            }
        }
        return peers;
    }

    private static @Nullable NodeDescription description(StoredNode node, @Nullable NodeFacts known) {
        return known == null ? node.description() : known.description();
    }
}
