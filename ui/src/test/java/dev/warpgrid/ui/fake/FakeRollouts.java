package dev.warpgrid.ui.fake;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.api.RolloutView.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One rollout that does as it is told. */
@NullUnmarked // an unexpected null fails the test by itself
public final class FakeRollouts implements RolloutService {
    public final List<String> calls = new ArrayList<>();
    public final List<RevisionView> revisions = new ArrayList<>();
    public RolloutView rollout;
    public ApiException refusal;

    /** A canary at its second step, from revision 4 to revision 5. */
    public static RolloutView canary(String namespace, String name, Phase phase, List<RolloutView.Action> actions) {
        return new RolloutView(
                namespace,
                name,
                3,
                "canary",
                phase,
                "Step 2 of 3: revision 5 gets 25 % of the requests. It waits for somebody to promote it.",
                "",
                false,
                1,
                List.of(
                        new RolloutView.Step(10, "1m", RolloutView.StepState.PASSED),
                        new RolloutView.Step(25, null, RolloutView.StepState.PRESENT),
                        new RolloutView.Step(50, "5m", RolloutView.StepState.TO_COME)),
                4,
                new RolloutView.Side(5, 2, 2, 25, 500, 12.5, 0.4, 18.25),
                new RolloutView.Side(4, 4, 4, 75, 1500, 37.5, 0.2, 17.5),
                List.of(new RolloutView.Gate("error rate", "at most 1.0 %", "0.4 %", RolloutView.GateState.PASSED)),
                actions,
                "5m",
                FakeDeployments.NOW,
                phase == Phase.COMPLETED ? FakeDeployments.NOW : null);
    }

    public static RevisionView revision(int number, boolean newest, DeploymentSpec spec) {
        return new RevisionView(
                number,
                FakeDeployments.NOW,
                "ada",
                spec,
                number == 3 ? 1 : null,
                newest,
                number >= 4,
                List.of(new ApplyResult.Change("/spec/environment/REGION", "eu-" + (number - 1), "eu-" + number)));
    }

    private RolloutView call(String call) {
        calls.add(call);
        if (refusal != null) {
            throw refusal;
        }
        if (rollout == null) {
            throw ApiException.notFound("rollout", call);
        }
        return rollout;
    }

    @Override
    public RolloutView rollout(Caller caller, String namespace, String name) {
        return call("rollout " + namespace + "/" + name);
    }

    @Override
    public List<RolloutView> rollouts(Caller caller, String namespace, String name) {
        return List.of(call("rollouts"));
    }

    @Override
    public RolloutView pause(Caller caller, String namespace, String name) {
        return call("pause");
    }

    @Override
    public RolloutView resume(Caller caller, String namespace, String name) {
        return call("resume");
    }

    @Override
    public RolloutView promote(Caller caller, String namespace, String name, boolean wholly) {
        return call(wholly ? "promote wholly" : "promote");
    }

    @Override
    public RolloutView abort(Caller caller, String namespace, String name) {
        return call("abort");
    }

    @Override
    public RolloutView retry(Caller caller, String namespace, String name) {
        return call("retry");
    }

    @Override
    public ApplyResult rollback(Caller caller, String namespace, String name, @Nullable Integer revision) {
        calls.add("rollback " + revision);
        if (refusal != null) {
            throw refusal;
        }
        Deployment after = FakeDeployments.of(namespace, name, State.PROGRESSING, 1, 1);
        return new ApplyResult(
                ApplyResult.Outcome.UPDATED,
                after,
                List.of(new ApplyResult.Change("/spec/environment/REGION", "eu-2", "eu-1")));
    }

    @Override
    public Page<RevisionView> revisions(
            Caller caller, String namespace, String name, @Nullable String cursor, int limit) {
        return new Page<>(List.copyOf(revisions), null, revisions.size());
    }

    public static DeploymentSpec spec() {
        return new DeploymentSpec("sha256:" + "a".repeat(64), null, null, null, Map.of());
    }
}
