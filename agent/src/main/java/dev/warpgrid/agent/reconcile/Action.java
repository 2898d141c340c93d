package dev.warpgrid.agent.reconcile;

import dev.warpgrid.model.Digest;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.Workload;
import java.util.List;

/** One step towards what is wanted. */
public sealed interface Action {
    /** Take note of a revision. */
    record AddRevision(Workload workload) implements Action {}

    record FetchArtifact(RevisionId revision, Digest artifact, long bytes) implements Action {}

    /** Compile and link the stored artifact. */
    record PrepareRevision(RevisionId revision) implements Action {}

    /** Take note of an instance: it is pending from now on. */
    record AdoptInstance(InstanceId instance, RevisionId revision) implements Action {}

    record StartInstance(InstanceId instance) implements Action {}

    /** It cannot run here. */
    record FailInstance(InstanceId instance, String reason) implements Action {}

    /** No new request; stopped when idle. */
    record DrainInstance(InstanceId instance) implements Action {}

    /** At once, whatever it is doing. */
    record StopInstance(InstanceId instance, String reason) implements Action {}

    record DropRevision(RevisionId revision) implements Action {}

    record SwapRoutes(List<Route> routes) implements Action {
        public SwapRoutes {
            routes = List.copyOf(routes);
        }
    }
}
