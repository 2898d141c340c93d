package dev.warpgrid.server.store;

import dev.warpgrid.model.DeploymentId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments.
 *
 * @param namespaces those, or null for all
 * @param text part of the name; empty matches all
 * @param labels all of which must match
 * @param after only those after it in the order of namespace and name
 */
public record DeploymentQuery(
        @Nullable Set<String> namespaces,
        String text,
        Map<String, String> labels,
        @Nullable DeploymentId after,
        int limit) {
    public DeploymentQuery {
        namespaces = namespaces == null ? null : Set.copyOf(namespaces);
        labels = Map.copyOf(labels);
    }
}
