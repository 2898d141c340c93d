package dev.warpgrid.agent.logs;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines a reader wants.
 *
 * @param instance all of the deployment's where empty
 * @param since only lines after this moment
 */
public record LogFilter(DeploymentId deployment, Optional<InstanceId> instance, Instant since) {
    public static LogFilter all(DeploymentId deployment) {
        return new LogFilter(deployment, Optional.empty(), Instant.MIN);
    }

    boolean accepts(LogLine line) {
        return line.at().isAfter(since) && (instance.isEmpty() || instance.get().equals(line.instance()));
    }
}
