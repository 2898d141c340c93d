package dev.warpgrid.agent.supervise;

import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something worth telling that changes no instance's state.
 *
 * @param reason upper camel case and stable
 * @param message one sentence
 */
public record NodeEvent(
        Instant at,
        boolean warning,
        String reason,
        String message,
        Optional<InstanceId> instance,
        Optional<RevisionId> revision,
        long count) {}
