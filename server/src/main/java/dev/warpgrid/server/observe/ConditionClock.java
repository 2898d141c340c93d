package dev.warpgrid.server.observe;

import dev.warpgrid.api.Condition;
import dev.warpgrid.control.status.DeploymentHealth;
import dev.warpgrid.model.DeploymentId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers since when each aspect of a deployment is as it is. Begins anew with the server. */
final class ConditionClock {
    private record Key(DeploymentId deployment, String type) {}

    private record Since(boolean state, Instant at) {}

    private final Map<Key, Since> since = new HashMap<>();

    synchronized List<Condition> conditions(
            DeploymentId deployment, List<DeploymentHealth.Aspect> aspects, Instant now) {
        return aspects.stream()
                .map(aspect -> {
                    Since kept = since.compute(
                            new Key(deployment, aspect.type()),
                            (_, before) -> before != null && before.state() == aspect.holds()
                                    ? before
                                    : new Since(aspect.holds(), now));
                    return new Condition(aspect.type(), aspect.holds(), aspect.reason(), kept.at());
                })
                .toList();
    }

    synchronized void retain(Set<DeploymentId> present) {
        since.keySet().removeIf(key -> !present.contains(key.deployment()));
    }
}
