package dev.warpgrid.api;

import java.util.List;

/** Quotas of namespaces. What would exceed one is refused in the transaction that would write it. */
public interface QuotaService {
    /** Of all namespaces that the caller may see, by name. */
    List<NamespaceUsage> list(Caller caller);

    NamespaceUsage get(Caller caller, String namespace);

    /** A quota below what is held takes nothing away; it only lets nothing more in. */
    NamespaceUsage setQuota(Caller caller, String namespace, Quota quota);
}
