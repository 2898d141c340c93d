package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.RolloutStore;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import dev.warpgrid.server.store.StoredRollout;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rollouts: commands go to the store, the controller carries them out. */
@Singleton
@StoreFaults
@Transactional
public class StoredRollouts implements RolloutService {
    static final int MAXIMUM_PAGE = 100;

    private final DeploymentStore deployments;
    private final RolloutStore rollouts;
    private final Admission admission;
    private final NamespaceQuotas quotas;
    private final DeploymentObservations status;
    private final RolloutObservations observations;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Event<IntentChanged> changed;
    private final Clock clock;

    @Inject
    public StoredRollouts(
            DeploymentStore deployments,
            RolloutStore rollouts,
            Admission admission,
            NamespaceQuotas quotas,
            DeploymentObservations status,
            RolloutObservations observations,
            EventRecorder events,
            AuditTrail trail,
            Event<IntentChanged> changed,
            Clock clock) {
        this.deployments = deployments;
        this.rollouts = rollouts;
        this.admission = admission;
        this.quotas = quotas;
        this.status = status;
        this.observations = observations;
        this.events = events;
        this.trail = trail;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public RolloutView rollout(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_READ, namespace);
        StoredDeployment deployment = existing(namespace, name, false);
        return view(deployment, rollouts.newest(deployment.id()).orElseThrow(() -> noneYet(deployment.id())));
    }

    @Override
    public List<RolloutView> rollouts(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_READ, namespace);
        StoredDeployment deployment = existing(namespace, name, false);
        return rollouts.history(deployment.id(), MAXIMUM_HISTORY).stream()
                .map(rollout -> view(deployment, rollout))
                .toList();
    }

    @Override
    @Audited(value = "rollout.pause", namespace = 1, resource = 2)
    public RolloutView pause(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        return command(
                caller,
                namespace,
                name,
                RolloutView.Action.PAUSE,
                "paused",
                old -> new RolloutCommands(
                        true, old.promotions(), old.promotedWholly(), old.abortedBy(), old.retried()));
    }

    @Override
    @Audited(value = "rollout.resume", namespace = 1, resource = 2)
    public RolloutView resume(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        return command(
                caller,
                namespace,
                name,
                RolloutView.Action.RESUME,
                "resumed",
                old -> new RolloutCommands(
                        false, old.promotions(), old.promotedWholly(), old.abortedBy(), old.retried()));
    }

    @Override
    @Audited(value = "rollout.promote", namespace = 1, resource = 2)
    public RolloutView promote(Caller caller, String namespace, String name, boolean wholly) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        return command(
                caller,
                namespace,
                name,
                RolloutView.Action.PROMOTE,
                wholly ? "promoted wholly" : "promoted",
                old -> new RolloutCommands(
                        old.paused(),
                        old.promotions() + 1,
                        old.promotedWholly() || wholly,
                        old.abortedBy(),
                        old.retried()));
    }

    @Override
    @Audited(value = "rollout.abort", namespace = 1, resource = 2)
    public RolloutView abort(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        return command(
                caller,
                namespace,
                name,
                RolloutView.Action.ABORT,
                "aborted",
                old -> new RolloutCommands(
                        old.paused(), old.promotions(), old.promotedWholly(), caller.name(), old.retried()));
    }

    @Override
    @Audited(value = "rollout.retry", namespace = 1, resource = 2)
    public RolloutView retry(Caller caller, String namespace, String name) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        return command(
                caller,
                namespace,
                name,
                RolloutView.Action.RETRY,
                "asked for another try of",
                old -> new RolloutCommands(
                        old.paused(), old.promotions(), old.promotedWholly(), old.abortedBy(), true));
    }

    @FunctionalInterface
    private interface Command {
        RolloutCommands after(RolloutCommands before);
    }

    private RolloutView command(
            Caller caller, String namespace, String name, RolloutView.Action action, String did, Command command) {
        StoredDeployment deployment = existing(namespace, name, true);
        StoredRollout rollout = rollouts.lock(deployment.id()).orElseThrow(() -> noneYet(deployment.id()));
        if (!actions(deployment, rollout).contains(action)) {
            throw new ApiException(ErrorCode.CONFLICT, refusal(deployment, rollout, action));
        }
        StoredRollout after = new StoredRollout(rollout.state(), command.after(rollout.commands()));
        rollouts.command(deployment.id(), rollout.state().number(), after.commands());
        trail.done(
                caller,
                "rollout." + action.name().toLowerCase(java.util.Locale.ROOT),
                namespace,
                name,
                traced(rollout),
                traced(after));
        tell(
                caller,
                deployment.id(),
                "Rollout" + action.name().charAt(0) + action.name().substring(1).toLowerCase(java.util.Locale.ROOT)
                        + "Asked",
                did + " the rollout of revision " + rollout.state().target().number() + " of " + deployment.id());
        return view(deployment, after);
    }

    private static SortedMap<String, Object> traced(StoredRollout rollout) {
        SortedMap<String, Object> traced = new TreeMap<>();
        traced.put("rollout", rollout.state().number());
        traced.put("revision", rollout.state().target().number());
        traced.put("phase", rollout.state().phase().name());
        traced.put("paused", rollout.commands().paused());
        traced.put("promotions", rollout.commands().promotions());
        traced.put("abortedBy", rollout.commands().abortedBy());
        return traced;
    }

    private String refusal(StoredDeployment deployment, StoredRollout rollout, RolloutView.Action action) {
        RolloutState state = rollout.state();
        String verb = action.name().toLowerCase(java.util.Locale.ROOT);
        String why = !observations.runsAs(deployment).equals(state.target())
                ? "a newer revision was just asked for"
                : state.isUnderWay()
                        ? "it is "
                                + state.phase()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' ')
                                + (state.baseline() == null ? " and there is no former revision" : "")
                        : "it has ended: " + state.sentence();
        return "The rollout of " + deployment.id() + " takes no " + verb + " now, because " + why
                + (why.endsWith(".") ? "" : ".") + " See warp rollout status, or go back with warp rollback.";
    }

    @Override
    @Audited(value = "deployment.rollback", namespace = 1, resource = 2)
    public ApplyResult rollback(Caller caller, String namespace, String name, @Nullable Integer revision) {
        Access.require(caller, Permission.DEPLOYMENT_WRITE, namespace);
        quotas.lock(namespace);
        StoredDeployment before = existing(namespace, name, true);
        int number = revision == null ? former(before) : revision;
        StoredRevision earlier = number < 1
                ? null
                : deployments.revision(new RevisionId(before.id(), number)).orElse(null);
        if (earlier == null) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND,
                    "There is no revision " + number + " of " + before.id() + ": see warp history " + name + ".");
        }
        if (number == before.revision().number()) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "Revision " + number + " of " + before.id()
                            + " is what is asked for already: name an earlier one, see warp history " + name + ".");
        }
        admission.admit(caller, SpecRules.complete(Metadata.named(namespace, name), DeploymentViews.spec(earlier)));
        // What an earlier revision asked for may be more than what is asked for now.
        quotas.requireRoom(
                before.id(),
                before.revision().instances(),
                earlier.limits().memory().bytes());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        StoredRevision restored = earlier.restored(
                deployments.nextRevisionNumber(before.id()), before.revision().instances(), now, caller.name());
        StoredDeployment stored = deployments.update(before.withRevision(restored));
        trail.done(
                caller,
                "deployment.rollback",
                namespace,
                name,
                DeploymentViews.traced(before, null),
                DeploymentViews.traced(stored, before));
        tell(
                caller,
                before.id(),
                "DeploymentRolledBack",
                "rolled " + before.id() + " back to revision " + number + " (as revision " + restored.number() + ")");
        return new ApplyResult(
                ApplyResult.Outcome.UPDATED,
                DeploymentViews.view(stored, status.status(stored)),
                DeploymentViews.changes(before, stored));
    }

    /** What served before the present revision. */
    private int former(StoredDeployment deployment) {
        StoredRollout rollout = rollouts.newest(deployment.id()).orElse(null);
        RevisionId baseline = rollout == null ? null : rollout.state().baseline();
        if (rollout != null && rollout.state().phase() == RolloutPhase.ROLLED_BACK && baseline != null) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    rollout.state().sentence() + " Name another revision with --to to go further back.");
        }
        if (baseline == null) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "No revision of " + deployment.id()
                            + " is known to have served before the present one: name one with --to, see warp history "
                            + deployment.id().name() + ".");
        }
        return baseline.number();
    }

    @Override
    public Page<RevisionView> revisions(
            Caller caller, String namespace, String name, @Nullable String cursor, int limit) {
        Access.require(caller, Permission.DEPLOYMENT_READ, namespace);
        if (limit < 1 || limit > MAXIMUM_PAGE) {
            throw ApiException.invalid(
                    "/limit", "A page holds 1 to " + MAXIMUM_PAGE + " revisions, and " + limit + " were asked for.");
        }
        StoredDeployment deployment = existing(namespace, name, false);
        int before = cursor == null ? Integer.MAX_VALUE : Cursors.readNumber(cursor);
        // One more than is shown, for what the last one changed, and one more to know whether any follows.
        List<StoredRevision> found = deployments.revisions(deployment.id(), before, limit + 1);
        List<StoredRevision> shown = found.subList(0, Math.min(limit, found.size()));
        SortedSet<RevisionId> serving = observations.serving(deployment.id());
        RevisionId newest =
                new RevisionId(deployment.id(), deployment.revision().number());
        RevisionId runsAs = observations.runsAs(deployment);
        List<RevisionView> views = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            StoredRevision revision = shown.get(i);
            RevisionId id = new RevisionId(deployment.id(), revision.number());
            views.add(new RevisionView(
                    revision.number(),
                    revision.createdAt(),
                    revision.createdBy(),
                    DeploymentViews.spec(revision),
                    revision.restores(),
                    id.equals(newest),
                    serving.contains(id.equals(newest) ? runsAs : id),
                    DeploymentViews.changes(i + 1 < found.size() ? found.get(i + 1) : null, revision)));
        }
        String next = found.size() > shown.size()
                ? Cursors.write(Integer.toString(shown.getLast().number()))
                : null;
        return new Page<>(views, next, deployment.revision().number());
    }

    private RolloutView view(StoredDeployment deployment, StoredRollout rollout) {
        return RolloutViews.view(
                deployment, revisionOf(deployment, rollout), rollout, observations, actions(deployment, rollout));
    }

    private List<RolloutView.Action> actions(StoredDeployment deployment, StoredRollout rollout) {
        boolean ofNewest =
                observations.runsAs(deployment).equals(rollout.state().target());
        return ofNewest ? RolloutViews.actions(rollout) : List.of();
    }

    /** The revision whose policy holds: the newest that runs as the target, or the target itself. */
    private StoredRevision revisionOf(StoredDeployment deployment, StoredRollout rollout) {
        return observations.runsAs(deployment).equals(rollout.state().target())
                ? deployment.revision()
                : deployments.revision(rollout.state().target()).orElse(deployment.revision());
    }

    private void tell(Caller caller, DeploymentId about, String reason, String did) {
        events.record(NewEvent.of(Severity.INFO, reason, caller.name() + " " + did + ".")
                .about(about));
        changed.fire(new IntentChanged(about));
    }

    private static ApiException noneYet(DeploymentId id) {
        return new ApiException(
                ErrorCode.NOT_FOUND,
                "The controller has not begun a rollout of " + id + " yet: ask again in a moment.");
    }

    private StoredDeployment existing(String namespace, String name, boolean toChange) {
        if (!ResourceName.isValid(namespace) || !ResourceName.isValid(name)) {
            throw ApiException.notFound("deployment", namespace + "/" + name);
        }
        DeploymentId id = new DeploymentId(namespace, name);
        return (toChange ? deployments.lock(id) : deployments.find(id))
                .orElseThrow(() -> ApiException.notFound("deployment", id.toString()));
    }
}
