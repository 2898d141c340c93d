package dev.warpgrid.server.service;

import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.store.StoredDeployment;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What agents report, as the services need it. Implementations answer from memory and never block on a node. */
public interface DeploymentObservations {
    DeploymentStatus status(StoredDeployment deployment);

    /** @param seconds how far back, 1 to 3600 */
    MetricsWindow metrics(DeploymentId deployment, int seconds);

    /** The sum of those that {@code wanted} chooses. */
    MetricsWindow metrics(Predicate<DeploymentId> wanted, int seconds);

    Subscription logs(DeploymentId deployment, LogQuery query, LogListener listener);

    /** Tells after each change of a deployment's status; the listener returns at once. */
    Subscription onStatusChange(Consumer<DeploymentId> listener);
}
