package dev.warpgrid.server.observe;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks agents for log lines; what they send comes back through {@link LogRelay}. */
public interface LogLinks {
    /**
     * What one node is asked for.
     *
     * @param subscription chosen by the relay; the node names it in each batch
     * @param instance one, or null for all of the deployment
     * @param since only lines after it; null for no bound
     */
    record Request(
            long subscription,
            DeploymentId deployment,
            @Nullable InstanceId instance,
            int tail,
            boolean follow,
            @Nullable Instant since) {}

    /** @return false where the node is not connected */
    boolean subscribe(NodeId node, Request request);

    void unsubscribe(NodeId node, long subscription);
}
