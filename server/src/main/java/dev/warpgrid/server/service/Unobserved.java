package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.store.StoredDeployment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A grid that no agent reports to. */
@Singleton
public class Unobserved implements DeploymentObservations, NodeService, InstanceService {
    @Override
    public DeploymentStatus status(StoredDeployment deployment) {
        return new DeploymentStatus(
                DeploymentStatus.State.UNAVAILABLE,
                "No node has joined the grid: start an agent with a join token.",
                deployment.revision().number(),
                deployment.revision().instances(),
                0,
                0,
                0,
                List.of(),
                List.of(),
                Instant.EPOCH);
    }

    @Override
    public MetricsWindow metrics(DeploymentId deployment, int seconds) {
        return metrics(seconds);
    }

    @Override
    public MetricsWindow metrics(int seconds) {
        return new MetricsWindow(Duration.ofSeconds(1), List.of());
    }

    @Override
    public Subscription logs(DeploymentId deployment, LogQuery query, LogListener listener) {
        listener.end();
        return () -> {};
    }

    @Override
    public Subscription onStatusChange(Consumer<DeploymentId> listener) {
        return () -> {};
    }

    @Override
    public List<NodeView> list(Caller caller) {
        Access.require(caller, Permission.NODE_READ);
        return List.of();
    }

    @Override
    public NodeView get(Caller caller, String id) {
        Access.require(caller, Permission.NODE_READ);
        throw ApiException.notFound("node", id);
    }

    @Override
    public void delete(Caller caller, String id) {
        Access.require(caller, Permission.NODE_WRITE);
        throw ApiException.notFound("node", id);
    }

    @Override
    public JoinTokenView createJoinToken(Caller caller, Duration validFor) {
        Access.require(caller, Permission.JOIN_TOKEN_WRITE);
        throw new ApiException(ErrorCode.PROVIDER_UNAVAILABLE, "This server takes no agents.");
    }

    @Override
    public List<InstanceView> list(Caller caller, String namespace, @Nullable String deployment) {
        Access.require(caller, Permission.INSTANCE_READ);
        return List.of();
    }

    @Override
    public InstanceView get(Caller caller, String namespace, String id) {
        Access.require(caller, Permission.INSTANCE_READ);
        throw new ApiException(ErrorCode.INSTANCE_NOT_FOUND, "There is no instance \"" + id + "\".");
    }
}
