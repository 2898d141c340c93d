package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One immutable revision of a deployment.
 *
 * @param restores the earlier revision that it brought back; null for none
 * @param newest what was asked for last
 * @param serving it has instances now
 * @param changes what it changed of the revision before it
 */
public record RevisionView(
        int number,
        Instant createdAt,
        String createdBy,
        DeploymentSpec spec,
        @Nullable Integer restores,
        boolean newest,
        boolean serving,
        List<ApplyResult.Change> changes) {
    public RevisionView {
        changes = List.copyOf(changes);
    }
}
