package dev.warpgrid.server.service;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Quota;
import dev.warpgrid.api.QuotaService;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.QuotaStore;
import dev.warpgrid.server.store.StoredNamespace;
import dev.warpgrid.server.store.StoredQuota;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Quotas, and the checks that keep them. Whoever is about to write takes the namespace's row, sums up what is held and
 * writes in the same transaction, so that no interleaving of writers, on whatever server, gets past a quota.
 */
@Singleton
@StoreFaults
@Transactional
public class NamespaceQuotas implements QuotaService {
    private final QuotaStore quotas;
    private final NamespaceStore namespaces;
    private final EventRecorder events;
    private final AuditTrail trail;

    @Inject
    public NamespaceQuotas(QuotaStore quotas, NamespaceStore namespaces, EventRecorder events, AuditTrail trail) {
        this.quotas = quotas;
        this.namespaces = namespaces;
        this.events = events;
        this.trail = trail;
    }

    @Override
    public List<NamespaceUsage> list(Caller caller) {
        Access.Places places = Access.places(caller, Permission.NAMESPACE_READ, "*");
        return namespaces.all().stream()
                .map(StoredNamespace::name)
                .filter(places::contain)
                .map(this::usage)
                .toList();
    }

    @Override
    public NamespaceUsage get(Caller caller, String namespace) {
        Access.require(caller, Permission.NAMESPACE_READ, namespace);
        return usage(namespace);
    }

    @Override
    @Audited(value = "namespace.quota.set", namespace = 1, resource = 1)
    public NamespaceUsage setQuota(Caller caller, String namespace, Quota quota) {
        Access.require(caller, Permission.NAMESPACE_WRITE);
        StoredQuota wanted = new StoredQuota(
                size("/memory", quota.memory()),
                count("/instances", quota.instances()),
                count("/deployments", quota.deployments()),
                size("/artifacts", quota.artifacts()));
        StoredQuota before = quotas.lock(namespace).orElseThrow(() -> ApiException.notFound("namespace", namespace));
        if (!wanted.equals(before)) {
            quotas.set(namespace, wanted);
            trail.done(caller, "namespace.quota.set", namespace, namespace, view(before), view(wanted));
            events.record(NewEvent.of(INFO, "QuotaChanged", caller.name() + " changed the quota of " + namespace + ".")
                    .in(namespace));
        }
        return usage(namespace);
    }

    /**
     * Takes the namespace's row for the transaction that runs.
     *
     * @throws ApiException where there is no such namespace
     */
    void lock(String namespace) {
        if (quotas.lock(namespace).isEmpty()) {
            throw ApiException.notFound("namespace", namespace);
        }
    }

    /**
     * Whether a deployment may ask for this. What asks for no more than before is let through, also where the quota has
     * become smaller than what is held.
     *
     * @throws ApiException with {@link ErrorCode#RESOURCE_EXHAUSTED}
     */
    void requireRoom(DeploymentId deployment, long instances, long memoryBytesEach) {
        String namespace = deployment.namespace();
        StoredQuota quota = quotas.find(namespace).orElseThrow(() -> ApiException.notFound("namespace", namespace));
        QuotaStore.Asked own = quotas.askedBy(deployment);
        QuotaStore.Asked others = quotas.asked(namespace, deployment);
        require(
                namespace,
                "deployments",
                "",
                quota.deployments(),
                others.deployments() + own.deployments(),
                others.deployments() + 1,
                Long::toString);
        require(
                namespace,
                "instances",
                "/spec/instances/min",
                quota.instances(),
                others.instances() + own.instances(),
                others.instances() + instances,
                Long::toString);
        require(
                namespace,
                "memory",
                "/spec/resources/memory",
                quota.memoryBytes(),
                others.memoryBytes() + own.memoryBytes(),
                Math.addExact(others.memoryBytes(), Math.multiplyExact(instances, memoryBytesEach)),
                NamespaceQuotas::size);
    }

    /** @throws ApiException with {@link ErrorCode#RESOURCE_EXHAUSTED} where a further artifact of this size is too much */
    void requireRoomForArtifact(String namespace, long bytes) {
        StoredQuota quota = quotas.find(namespace).orElseThrow(() -> ApiException.notFound("namespace", namespace));
        long held = quotas.artifactBytes(namespace);
        require(namespace, "artifacts", "", quota.artifactBytes(), held, held + bytes, NamespaceQuotas::size);
    }

    private static void require(
            String namespace,
            String what,
            String pointer,
            @Nullable Long most,
            long before,
            long after,
            LongFunction<String> text) {
        if (most == null || after <= most || after <= before) {
            return;
        }
        String message = "The namespace \"" + namespace + "\" may hold " + text.apply(most) + " of " + what + ", holds "
                + text.apply(before) + ", and would hold " + text.apply(after)
                + ": ask for less, delete something there, or ask an administrator for a larger quota.";
        throw new ApiException(
                ErrorCode.RESOURCE_EXHAUSTED,
                message,
                pointer.isEmpty() ? List.of() : List.of(new FieldError(pointer, message)),
                null);
    }

    private NamespaceUsage usage(String namespace) {
        StoredQuota quota = quotas.find(namespace).orElseThrow(() -> ApiException.notFound("namespace", namespace));
        QuotaStore.Asked asked = quotas.asked(namespace, null);
        return new NamespaceUsage(
                namespace,
                view(quota),
                asked.memoryBytes(),
                asked.instances(),
                asked.deployments(),
                quotas.artifactBytes(namespace));
    }

    private static Quota view(StoredQuota quota) {
        return new Quota(
                quota.memoryBytes() == null ? null : size(quota.memoryBytes()),
                quota.instances(),
                quota.deployments(),
                quota.artifactBytes() == null ? null : size(quota.artifactBytes()));
    }

    private static String size(long bytes) {
        return new ByteSize(bytes).toString();
    }

    private static @Nullable Long size(String pointer, @Nullable String text) {
        try {
            return text == null ? null : ByteSize.parse(text).bytes();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(pointer, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Long count(String pointer, @Nullable Long number) {
        if (number != null && number < 0) {
            throw ApiException.invalid(pointer, "A quota is 0 or more, or left out for no limit.");
        }
        return number;
    }
}
