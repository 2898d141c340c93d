package dev.warpgrid.server.store;

import dev.warpgrid.model.DeploymentId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments.
 *
 * @param namespace one, or null for all
 * @param text part of the name; empty matches all
 * @param labels all of which must match
 * @param after only those after it in the order of namespace and name
 */
public record DeploymentQuery(
        @Nullable String namespace,
        String text,
        Map<String, String> labels,
        @Nullable DeploymentId after,
        int limit) {
    public DeploymentQuery {
        labels = Map.copyOf(labels);
    }
}
