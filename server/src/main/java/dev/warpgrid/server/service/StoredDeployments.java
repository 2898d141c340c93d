package dev.warpgrid.server.service;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyOptions;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.server.store.DeploymentQuery;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredArtifact;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deployments: intent from the store, status from what agents report. */
@Singleton
@StoreFaults
@Transactional
public class StoredDeployments implements DeploymentService {
    private final DeploymentStore deployments;
    private final NamespaceStore namespaces;
    private final Admission admission;
    private final NamespaceQuotas quotas;
    private final DeploymentObservations observations;
    private final DeploymentFeed feed;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Event<IntentChanged> changed;
    private final Clock clock;

    @Inject
    public StoredDeployments(
            DeploymentStore deployments,
            NamespaceStore namespaces,
            Admission admission,
            NamespaceQuotas quotas,
            DeploymentObservations observations,
            DeploymentFeed feed,
            EventRecorder events,
            AuditTrail trail,
            Event<IntentChanged> changed,
            Clock clock) {
        this.deployments = deployments;
        this.namespaces = namespaces;
        this.admission = admission;
        this.quotas = quotas;
        this.observations = observations;
        this.feed = feed;
        this.events = events;
        this.trail = trail;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public Page<Deployment> list(Caller caller, String namespace, ListQuery query) {
        Access.Places places = Access.places(caller, Permission.DEPLOYMENT_READ, namespace);
        requireNamespaceOrAll(namespace);
        DeploymentQuery wanted = new DeploymentQuery(
                places.namespaces(),
                query.text(),
                query.labels(),
                Cursors.readDeployment(query.cursor()),
                query.limit() + 1);
        List<StoredDeployment> found = deployments.list(wanted);
        List<StoredDeployment> page = found.stream().limit(query.limit()).toList();
        String cursor =
                found.size() > page.size() ? Cursors.write(page.getLast().id().toString()) : null;
        return new Page<>(page.stream().map(this::view).toList(), cursor, deployments.count(wanted));
    }

    @Override
    public Deployment get(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_READ, namespace);
        return view(existing(namespace, name, false));
    }

    @Override
    @Audited(value = "deployment.apply", resource = 1)
    public ApplyResult apply(Caller caller, Deployment deployment, ApplyOptions options) {
        String namespace = deployment.metadata().namespace();
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace == null ? "" : namespace);
        SpecRules.Complete wanted = SpecRules.complete(deployment.metadata(), deployment.spec());
        DeploymentId id = wanted.id();
        if (options.dryRun()) {
            requireNamespace(id.namespace());
        } else {
            quotas.lock(id.namespace());
        }
        Optional<StoredDeployment> before = options.dryRun() ? deployments.find(id) : deployments.lock(id);
        requirePreconditions(id, before, options);
        StoredArtifact artifact = admission.admit(caller, wanted);
        return write(caller, wanted, artifact, before, options.dryRun());
    }

    private ApplyResult write(
            Caller caller,
            SpecRules.Complete wanted,
            StoredArtifact artifact,
            Optional<StoredDeployment> before,
            boolean dryRun) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        StoredRevision revision = new StoredRevision(
                before.map(old -> old.revision().number() + 1).orElse(1),
                wanted.artifact(),
                artifact.sizeBytes(),
                wanted.hosts(),
                wanted.paths(),
                wanted.instances(),
                wanted.limits(),
                wanted.environment(),
                now,
                caller.name(),
                wanted.rollout(),
                null);
        StoredDeployment after = before.map(old -> new StoredDeployment(
                        old.uid(),
                        old.id(),
                        old.version(),
                        old.generation() + 1,
                        old.restarts(),
                        wanted.labels(),
                        wanted.annotations(),
                        old.createdAt(),
                        old.createdBy(),
                        old.revision().asksTheSameAs(revision) ? old.revision() : revision))
                .orElseGet(() -> new StoredDeployment(
                        UUID.randomUUID(),
                        wanted.id(),
                        0,
                        1,
                        0,
                        wanted.labels(),
                        wanted.annotations(),
                        now,
                        caller.name(),
                        revision));
        List<ApplyResult.Change> changes = DeploymentViews.changes(before.orElse(null), after);
        if (before.isPresent() && changes.isEmpty()) {
            return new ApplyResult(ApplyResult.Outcome.UNCHANGED, view(before.get()), changes);
        }
        ApplyResult.Outcome outcome = before.isPresent() ? ApplyResult.Outcome.UPDATED : ApplyResult.Outcome.CREATED;
        quotas.requireRoom(
                after.id(),
                after.revision().instances(),
                after.revision().limits().memory().bytes());
        if (dryRun) {
            return new ApplyResult(outcome, DeploymentViews.view(after, null), changes);
        }
        StoredDeployment stored = save(after, before);
        tell(
                caller,
                "deployment.apply",
                before.orElse(null),
                stored,
                before.isPresent() ? "DeploymentUpdated" : "DeploymentCreated",
                before.isPresent()
                        ? "changed " + changes.size() + (changes.size() == 1 ? " field" : " fields") + " of {}"
                        : "created {}");
        return new ApplyResult(outcome, view(stored), changes);
    }

    /** Gives a new revision its number, which outlives the deployment. */
    private StoredDeployment save(StoredDeployment after, Optional<StoredDeployment> before) {
        StoredRevision revision = after.revision();
        if (before.isPresent() && before.get().revision().equals(revision)) {
            return deployments.update(after);
        }
        StoredDeployment numbered = new StoredDeployment(
                after.uid(),
                after.id(),
                after.version(),
                after.generation(),
                after.restarts(),
                after.labels(),
                after.annotations(),
                after.createdAt(),
                after.createdBy(),
                revision.withNumber(deployments.nextRevisionNumber(after.id())));
        return before.isPresent() ? deployments.update(numbered) : deployments.insert(numbered);
    }

    @Override
    @Audited(value = "deployment.scale", namespace = 1, resource = 2)
    public ApplyResult scale(Caller caller, String namespace, String name, int instances) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        if (instances < 0 || instances > SpecRules.MAXIMUM_INSTANCES) {
            throw ApiException.invalid(
                    "/instances",
                    "A deployment runs 0 to " + SpecRules.MAXIMUM_INSTANCES + " instances, and " + instances
                            + " were asked for.");
        }
        quotas.lock(namespace);
        StoredDeployment before = existing(namespace, name, true);
        if (before.revision().instances() == instances) {
            return new ApplyResult(ApplyResult.Outcome.UNCHANGED, view(before), List.of());
        }
        quotas.requireRoom(
                before.id(), instances, before.revision().limits().memory().bytes());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        StoredRevision revision =
                before.revision().scaledTo(deployments.nextRevisionNumber(before.id()), instances, now, caller.name());
        StoredDeployment stored = deployments.update(before.withRevision(revision));
        tell(
                caller,
                "deployment.scale",
                before,
                stored,
                "DeploymentScaled",
                "scaled {} to " + instances + (instances == 1 ? " instance" : " instances"));
        return new ApplyResult(ApplyResult.Outcome.UPDATED, view(stored), DeploymentViews.changes(before, stored));
    }

    @Override
    @Audited(value = "deployment.restart", namespace = 1, resource = 2)
    public void restart(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.INSTANCE_RESTART, namespace);
        StoredDeployment before = existing(namespace, name, true);
        StoredDeployment stored = deployments.update(before.withRestart());
        tell(caller, "deployment.restart", before, stored, "DeploymentRestarted", "asked for a restart of {}");
    }

    @Override
    @Audited(value = "deployment.delete", namespace = 1, resource = 2)
    public void delete(Caller caller, String namespace, String name, @Nullable String ifMatch) {
        Access.require(caller, Permission.DEPLOYMENT_DELETE, namespace);
        StoredDeployment stored = existing(namespace, name, true);
        requireVersion(stored, ifMatch);
        deployments.delete(stored);
        trail.done(caller, "deployment.delete", namespace, name, DeploymentViews.traced(stored, null), null);
        note(caller, stored, "DeploymentDeleted", "deleted {}");
    }

    @Override
    public MetricsWindow metrics(Caller caller, String namespace, String name, int seconds) {
        Access.require(caller, Permission.METRIC_READ, namespace);
        Windows.requireSeconds(seconds);
        return observations.metrics(existing(namespace, name, false).id(), seconds);
    }

    @Override
    public Subscription logs(Caller caller, String namespace, String name, LogQuery query, LogListener listener) {
        Access.require(caller, Permission.LOG_READ, namespace);
        return observations.logs(existing(namespace, name, false).id(), query, listener);
    }

    @Override
    public Subscription watch(Caller caller, String namespace, Consumer<DeploymentChange> listener) {
        Access.places(caller, Permission.DEPLOYMENT_READ, namespace);
        requireNamespaceOrAll(namespace);
        List<DeploymentId> present =
                deployments.all().stream().map(StoredDeployment::id).toList();
        return feed.subscribe(
                present,
                id -> (namespace.equals("*") || id.namespace().equals(namespace))
                        && caller.may(Permission.DEPLOYMENT_READ, id.namespace()),
                id -> listener.accept(new DeploymentChange(id.namespace(), id.name(), feed.read(id))));
    }

    private Deployment view(StoredDeployment stored) {
        return DeploymentViews.view(stored, observations.status(stored));
    }

    private void tell(
            Caller caller,
            String action,
            @Nullable StoredDeployment before,
            StoredDeployment after,
            String reason,
            String did) {
        trail.done(
                caller,
                action,
                after.id().namespace(),
                after.id().name(),
                before == null ? null : DeploymentViews.traced(before, null),
                DeploymentViews.traced(after, before));
        note(caller, after, reason, did);
    }

    private void note(Caller caller, StoredDeployment about, String reason, String did) {
        String what = about.id() + " (revision " + about.revision().number() + ")";
        events.record(NewEvent.of(INFO, reason, caller.name() + " " + did.replace("{}", what) + ".")
                .about(about.id()));
        changed.fire(new IntentChanged(about.id()));
    }

    private StoredDeployment existing(String namespace, String name, boolean toChange) {
        if (!ResourceName.isValid(namespace) || !ResourceName.isValid(name)) {
            throw ApiException.notFound("deployment", namespace + "/" + name);
        }
        DeploymentId id = new DeploymentId(namespace, name);
        return (toChange ? deployments.lock(id) : deployments.find(id))
                .orElseThrow(() -> ApiException.notFound("deployment", id.toString()));
    }

    private void requireNamespaceOrAll(String namespace) {
        if (!namespace.equals("*") && namespaces.find(namespace).isEmpty()) {
            throw ApiException.notFound("namespace", namespace);
        }
    }

    private void requireNamespace(String namespace) {
        if (namespaces.share(namespace).isEmpty()) {
            throw ApiException.notFound("namespace", namespace);
        }
    }

    private static void requirePreconditions(DeploymentId id, Optional<StoredDeployment> before, ApplyOptions options) {
        if (options.createOnly() && before.isPresent()) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "There is a deployment " + id + " already: choose another name, or apply without \"create only\".");
        }
        if (before.isPresent()) {
            requireVersion(before.get(), options.ifMatch());
        } else if (options.ifMatch() != null) {
            throw new ApiException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The deployment " + id + " is gone: apply without If-Match to create it.");
        }
    }

    private static void requireVersion(StoredDeployment present, @Nullable String ifMatch) {
        String version = DeploymentViews.version(present);
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(version)) {
            throw new ApiException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The deployment " + present.id() + " is at version " + version + " and no longer at " + ifMatch
                            + ": read it again and repeat your change.");
        }
    }
}
