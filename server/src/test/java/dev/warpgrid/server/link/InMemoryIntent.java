package dev.warpgrid.server.link;

import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.server.store.DeploymentQuery;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import dev.warpgrid.server.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Deployments in memory, with the row in the database that commits lock. */
final class InMemoryIntent implements DeploymentStore {
    static final Digest ARTIFACT = new Digest("sha256:" + "ab".repeat(32));

    private final MigratedDatabase database;
    private final SortedMap<DeploymentId, StoredDeployment> deployments = new ConcurrentSkipListMap<>();
    private final SortedMap<RevisionId, StoredRevision> revisions = new ConcurrentSkipListMap<>();
    private long lastVersion;

    InMemoryIntent(MigratedDatabase database) {
        this.database = database;
        database.execute("insert into namespace values ('default', now(), 'test') on conflict do nothing");
    }

    StoredDeployment deploy(String name, int revision, int instances) {
        return deploy(name, revision, instances, "v" + revision);
    }

    StoredDeployment deploy(String name, int number, int instances, String setting) {
        return deploy(name, number, instances, setting, RolloutPolicy.usual());
    }

    StoredDeployment deploy(String name, int number, int instances, String setting, RolloutPolicy policy) {
        DeploymentId id = new DeploymentId("default", name);
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("SETTING", setting);
        StoredRevision revision = new StoredRevision(
                number,
                ARTIFACT,
                1000,
                List.of(name + ".default.localhost"),
                List.of("/"),
                instances,
                new WorkloadLimits(ByteSize.ofMebibytes(64), Duration.ofSeconds(30), Duration.ofSeconds(10)),
                environment,
                Instant.EPOCH,
                "test",
                policy,
                null);
        return put(id, revision);
    }

    private StoredDeployment put(DeploymentId id, StoredRevision revision) {
        StoredDeployment before = deployments.get(id);
        UUID uid = before == null ? UUID.randomUUID() : before.uid();
        StoredDeployment stored = new StoredDeployment(
                uid,
                id,
                ++lastVersion,
                lastVersion,
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                Instant.EPOCH,
                "test",
                revision);
        revisions.put(new RevisionId(id, revision.number()), revision);
        database.execute(
                "insert into deployment (uid, namespace, name, version, generation, revision, restarts, labels,"
                        + " annotations, created_at, created_by, changed_at) values ('" + uid + "', '" + id.namespace()
                        + "', '"
                        + id.name() + "', " + stored.version() + ", 1, " + revision.number()
                        + ", 0, '{}', '{}', now(), 'test', now())"
                        + " on conflict (namespace, name) do update set version = excluded.version");
        deployments.put(id, stored);
        return stored;
    }

    void remove(String name) {
        DeploymentId id = new DeploymentId("default", name);
        deployments.remove(id);
        revisions.keySet().removeIf(revision -> revision.deployment().equals(id));
        database.execute("delete from deployment where name = '" + name + "'");
    }

    @Override
    public Optional<StoredDeployment> find(DeploymentId id) {
        return Optional.ofNullable(deployments.get(id));
    }

    @Override
    public List<StoredDeployment> all() {
        return new ArrayList<>(deployments.values());
    }

    @Override
    public Optional<StoredRevision> revision(RevisionId id) {
        return Optional.ofNullable(revisions.get(id));
    }

    @Override
    public Optional<StoredDeployment> lock(DeploymentId id) {
        return find(id);
    }

    @Override
    public List<StoredDeployment> list(DeploymentQuery query) {
        return all();
    }

    @Override
    public long count(DeploymentQuery query) {
        return deployments.size();
    }

    @Override
    public List<StoredRevision> revisions(DeploymentId id, int before, int limit) {
        return revisions.entrySet().stream()
                .filter(entry ->
                        entry.getKey().deployment().equals(id) && entry.getKey().number() < before)
                .sorted(Map.Entry.<RevisionId, StoredRevision>comparingByKey().reversed())
                .limit(limit)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public int nextRevisionNumber(DeploymentId id) {
        return (int) revisions.keySet().stream()
                        .filter(revision -> revision.deployment().equals(id))
                        .count()
                + 1;
    }

    @Override
    public StoredDeployment insert(StoredDeployment deployment) {
        return put(deployment.id(), deployment.revision());
    }

    @Override
    public StoredDeployment update(StoredDeployment deployment) {
        return put(deployment.id(), deployment.revision());
    }

    @Override
    public void delete(StoredDeployment deployment) {
        remove(deployment.id().name());
    }

    @Override
    public Optional<DeploymentId> routeOwner(String host, String path) {
        return deployments.values().stream()
                .filter(deployment -> deployment.revision().hosts().contains(host))
                .map(StoredDeployment::id)
                .findFirst();
    }

    @Override
    public List<DeploymentId> usersOf(String namespace, Digest artifact) {
        return new ArrayList<>(deployments.keySet());
    }
}
