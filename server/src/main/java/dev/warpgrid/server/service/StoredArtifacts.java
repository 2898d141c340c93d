package dev.warpgrid.server.service;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.Permission;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredArtifact;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Artifacts in the store. Not transactional as a whole: an upload lasts as long as its client likes. */
@Singleton
@StoreFaults
public class StoredArtifacts implements ArtifactService {
    /** Uploads under way; each holds a file of up to {@link #MAXIMUM_BYTES}. */
    static final int MAXIMUM_UPLOADS = 16;

    private final ArtifactStore artifacts;
    private final NamespaceStore namespaces;
    private final DeploymentStore deployments;
    private final NamespaceQuotas quotas;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Transactions transactions;
    private final Clock clock;
    private final Semaphore uploads = new Semaphore(MAXIMUM_UPLOADS);
    /** A component is read as one array, so two at once could be more than the heap. */
    private final Semaphore inspections = new Semaphore(1);

    @Inject
    public StoredArtifacts(
            ArtifactStore artifacts,
            NamespaceStore namespaces,
            DeploymentStore deployments,
            NamespaceQuotas quotas,
            EventRecorder events,
            AuditTrail trail,
            Transactions transactions,
            Clock clock) {
        this.artifacts = artifacts;
        this.namespaces = namespaces;
        this.deployments = deployments;
        this.quotas = quotas;
        this.events = events;
        this.trail = trail;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    @Audited(value = "artifact.upload", namespace = 1)
    public ArtifactView upload(Caller caller, String namespace, InputStream bytes) {
        Access.require(caller, Permission.ARTIFACT_WRITE, namespace);
        transactions.run(() -> requireNamespace(namespace));
        if (!uploads.tryAcquire()) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "There are " + MAXIMUM_UPLOADS + " uploads under way already: try again in a moment.");
        }
        try (ArtifactSpool spool = ArtifactSpool.read(bytes)) {
            ArtifactInspection inspection = inspect(spool);
            StoredArtifact artifact = new StoredArtifact(
                    namespace,
                    spool.digest(),
                    spool.sizeBytes(),
                    inspection.imports(),
                    inspection.exports(),
                    inspection.minimumMemoryBytes(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    caller.name());
            return view(transactions.call(() -> keep(caller, artifact, spool)));
        } catch (IOException e) {
            throw new ApiException(ErrorCode.INVALID_REQUEST, "The upload broke off before its end: send it again.", e);
        } finally {
            uploads.release();
        }
    }

    private ArtifactInspection inspect(ArtifactSpool spool) throws IOException {
        inspections.acquireUninterruptibly();
        try {
            return ArtifactInspection.of(Files.readAllBytes(spool.file()));
        } finally {
            inspections.release();
        }
    }

    private StoredArtifact keep(Caller caller, StoredArtifact artifact, ArtifactSpool spool) {
        quotas.lock(artifact.namespace());
        Optional<StoredArtifact> present = artifacts.find(artifact.namespace(), artifact.digest());
        if (present.isPresent()) {
            return present.get();
        }
        quotas.requireRoomForArtifact(artifact.namespace(), artifact.sizeBytes());
        try (InputStream content = spool.open()) {
            artifacts.save(artifact, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        trail.done(
                caller,
                "artifact.upload",
                artifact.namespace(),
                artifact.digest().value(),
                null,
                view(artifact));
        events.record(NewEvent.of(
                        INFO,
                        "ArtifactUploaded",
                        artifact.uploadedBy() + " uploaded " + artifact.digest() + " (" + artifact.sizeBytes()
                                + " bytes).")
                .in(artifact.namespace()));
        return artifact;
    }

    @Override
    public Page<ArtifactView> list(Caller caller, String namespace, ListQuery query) {
        Access.require(caller, Permission.ARTIFACT_READ, namespace);
        return transactions.call(() -> {
            requireNamespace(namespace);
            List<StoredArtifact> found =
                    artifacts.list(namespace, query.text(), Cursors.readDigest(query.cursor()), query.limit() + 1);
            List<ArtifactView> page = found.stream()
                    .limit(query.limit())
                    .map(StoredArtifacts::view)
                    .toList();
            String cursor =
                    found.size() > page.size() ? Cursors.write(page.getLast().digest()) : null;
            return new Page<>(page, cursor, artifacts.count(namespace, query.text()));
        });
    }

    @Override
    public ArtifactView get(Caller caller, String namespace, String digest) {
        Access.require(caller, Permission.ARTIFACT_READ, namespace);
        return transactions.call(() -> artifacts
                .find(namespace, parse(digest))
                .map(StoredArtifacts::view)
                .orElseThrow(() -> ApiException.notFound("artifact", digest)));
    }

    @Override
    @Audited(value = "artifact.delete", namespace = 1, resource = 2)
    public void delete(Caller caller, String namespace, String digest) {
        Access.require(caller, Permission.ARTIFACT_WRITE, namespace);
        transactions.run(() -> {
            Digest wanted = parse(digest);
            StoredArtifact present =
                    artifacts.lock(namespace, wanted).orElseThrow(() -> ApiException.notFound("artifact", digest));
            List<DeploymentId> users = deployments.usersOf(namespace, wanted);
            if (!users.isEmpty()) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "The artifact is named by a revision of " + users.getFirst()
                                + (users.size() == 1 ? "" : " and " + (users.size() - 1) + " more")
                                + ": delete the deployment first.");
            }
            artifacts.delete(namespace, wanted);
            trail.done(caller, "artifact.delete", namespace, digest, view(present), null);
            events.record(NewEvent.of(INFO, "ArtifactDeleted", caller.name() + " deleted " + digest + ".")
                    .in(namespace));
        });
    }

    private void requireNamespace(String namespace) {
        if (namespaces.share(namespace).isEmpty()) {
            throw ApiException.notFound("namespace", namespace);
        }
    }

    private static Digest parse(String digest) {
        try {
            return new Digest(digest);
        } catch (IllegalArgumentException e) {
            throw ApiException.notFound("artifact", digest);
        }
    }

    private static ArtifactView view(StoredArtifact stored) {
        return new ArtifactView(
                stored.digest().value(),
                stored.namespace(),
                stored.sizeBytes(),
                stored.imports(),
                stored.exports(),
                stored.minimumMemoryBytes(),
                stored.uploadedAt(),
                stored.uploadedBy());
    }
}
