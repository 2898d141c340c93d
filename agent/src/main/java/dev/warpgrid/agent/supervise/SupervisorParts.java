package dev.warpgrid.agent.supervise;

import dev.warpgrid.agent.guest.GuestFactory;
import dev.warpgrid.agent.guest.Pools;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.journal.ArtifactStore;
import dev.warpgrid.agent.journal.RestartJournal;
import dev.warpgrid.agent.journal.StateJournal;
import dev.warpgrid.agent.logs.LogStore;
import dev.warpgrid.agent.reconcile.BackoffPolicy;
import dev.warpgrid.model.NodeId;
import java.time.InstantSource;
import java.util.function.Consumer;

/** What a supervisor works with. */
public record SupervisorParts(
        NodeId node,
        SupervisorLimits limits,
        BackoffPolicy backoff,
        InstantSource clock,
        GuestFactory factory,
        Pools pools,
        ArtifactStore artifacts,
        ArtifactSource source,
        StateJournal state,
        RestartJournal restarts,
        LogStore logs,
        FactSink facts,
        Consumer<LocalRoutes> routes) {}
