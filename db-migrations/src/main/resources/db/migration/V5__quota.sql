-- What a namespace may hold at most; null for no limit. Every write that could exceed one locks the namespace's row first.

alter table namespace
    add column quota_memory_bytes   bigint check (quota_memory_bytes >= 0),
    add column quota_instances      bigint check (quota_instances >= 0),
    add column quota_deployments    bigint check (quota_deployments >= 0),
    add column quota_artifact_bytes bigint check (quota_artifact_bytes >= 0);
