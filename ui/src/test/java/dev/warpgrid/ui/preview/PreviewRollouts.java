package dev.warpgrid.ui.preview;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.api.RolloutView.Action;
import dev.warpgrid.api.RolloutView.Phase;
import dev.warpgrid.ui.fake.FakeRollouts;
import java.util.List;
import java.util.stream.IntStream;

/** One invented deployment is in the middle of a canary; any other took over long ago. */
public final class PreviewRollouts implements RolloutService {
    static final String NAME = "thumbnails";
    private final PreviewDeployments deployments;
    private volatile boolean paused;
    private volatile Phase phase = Phase.CANARY;

    PreviewRollouts(PreviewDeployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public RolloutView rollout(Caller caller, String namespace, String name) {
        if (!name.equals(NAME)) {
            throw ApiException.notFound("rollout", namespace + "/" + name);
        }
        List<Action> actions = phase == Phase.ROLLED_BACK
                ? List.of(Action.RETRY)
                : List.of(paused ? Action.RESUME : Action.PAUSE, Action.PROMOTE, Action.ABORT);
        RolloutView one = FakeRollouts.canary(namespace, name, phase, actions);
        return new RolloutView(
                one.namespace(),
                one.deployment(),
                one.number(),
                one.strategy(),
                one.phase(),
                one.sentence(),
                one.cause(),
                paused,
                one.step(),
                one.steps(),
                one.wantedInstances(),
                one.target(),
                one.baseline(),
                one.gates(),
                one.actions(),
                one.deadline(),
                one.startedAt(),
                one.endedAt());
    }

    @Override
    public List<RolloutView> rollouts(Caller caller, String namespace, String name) {
        return List.of(rollout(caller, namespace, name));
    }

    @Override
    public RolloutView pause(Caller caller, String namespace, String name) {
        paused = true;
        return rollout(caller, namespace, name);
    }

    @Override
    public RolloutView resume(Caller caller, String namespace, String name) {
        paused = false;
        return rollout(caller, namespace, name);
    }

    @Override
    public RolloutView promote(Caller caller, String namespace, String name, boolean wholly) {
        return rollout(caller, namespace, name);
    }

    @Override
    public RolloutView abort(Caller caller, String namespace, String name) {
        phase = Phase.ROLLED_BACK;
        return rollout(caller, namespace, name);
    }

    @Override
    public RolloutView retry(Caller caller, String namespace, String name) {
        phase = Phase.CANARY;
        return rollout(caller, namespace, name);
    }

    @Override
    public ApplyResult rollback(Caller caller, String namespace, String name, Integer revision) {
        return new ApplyResult(ApplyResult.Outcome.UPDATED, deployments.get(caller, namespace, name), List.of());
    }

    @Override
    public Page<RevisionView> revisions(Caller caller, String namespace, String name, String cursor, int limit) {
        List<RevisionView> all = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> FakeRollouts.revision(
                        6 - i, i == 1, deployments.get(caller, namespace, name).spec()))
                .toList();
        return new Page<>(all, null, all.size());
    }
}
