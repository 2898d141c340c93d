package dev.warpgrid.server.store;

import dev.warpgrid.model.DeploymentId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Quotas of namespaces, and what is held. */
public interface QuotaStore {
    /** What deployments ask for. */
    record Asked(long memoryBytes, long instances, long deployments) {}

    /** Empty where there is no such namespace. */
    Optional<StoredQuota> find(String namespace);

    /** As {@link #find}, and nobody else locks, shares or deletes the namespace before this transaction ends. */
    Optional<StoredQuota> lock(String namespace);

    void set(String namespace, StoredQuota quota);

    /** @param except left out of the sum */
    Asked asked(String namespace, @Nullable DeploymentId except);

    /** Of one deployment; zeros where it is not there. */
    Asked askedBy(DeploymentId deployment);

    long artifactBytes(String namespace);
}
