package dev.warpgrid.ui.fake;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.Quota;
import dev.warpgrid.api.QuotaService;
import java.util.ArrayList;
import java.util.List;

/** Quotas in memory. */
public final class FakeQuotas implements QuotaService {
    public final List<NamespaceUsage> usages = new ArrayList<>();

    @Override
    public List<NamespaceUsage> list(Caller caller) {
        return List.copyOf(usages);
    }

    @Override
    public NamespaceUsage get(Caller caller, String namespace) {
        return usages.stream()
                .filter(usage -> usage.namespace().equals(namespace))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("namespace", namespace));
    }

    @Override
    public NamespaceUsage setQuota(Caller caller, String namespace, Quota quota) {
        NamespaceUsage before = get(caller, namespace);
        usages.remove(before);
        NamespaceUsage after = new NamespaceUsage(
                namespace,
                quota,
                before.memoryBytes(),
                before.instances(),
                before.deployments(),
                before.artifactBytes());
        usages.add(after);
        return after;
    }
}
