package dev.warpgrid.ui.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.api.RolloutView.Action;
import dev.warpgrid.api.RolloutView.Phase;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeRollouts;
import dev.warpgrid.ui.live.ManualLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutPresenterTest {
    private final FakeRollouts rollouts = new FakeRollouts();
    private final ManualLive live = new ManualLive();
    private final Recorder screen = new Recorder();
    private final RolloutPresenter presenter = new RolloutPresenter(rollouts, () -> Callers.ADMIN, live, screen);

    private static final class Recorder implements RolloutPresenter.Screen {
        final List<String> said = new ArrayList<>();
        Optional<RolloutView> shown = Optional.empty();
        List<RevisionView> revisions = List.of();

        @Override
        public void rollout(Optional<RolloutView> rollout) {
            shown = rollout;
        }

        @Override
        public void revisions(List<RevisionView> newestFirst) {
            revisions = newestFirst;
        }

        @Override
        public void done(String sentence) {
            said.add(sentence);
        }

        @Override
        public void problem(String sentence) {
            said.add("problem: " + sentence);
        }
    }

    private static RolloutView canary(Phase phase) {
        return FakeRollouts.canary("default", "web", phase, List.of(Action.PAUSE, Action.PROMOTE, Action.ABORT));
    }

    @Test
    void showsARolloutUnderWayAndHidesOneThatTookOver() {
        rollouts.rollout = canary(Phase.CANARY);
        presenter.open("default", "web");
        live.tick();
        assertThat(screen.shown).contains(rollouts.rollout);
        rollouts.rollout = canary(Phase.COMPLETED);
        live.tick();
        assertThat(screen.shown).isEmpty();
    }

    @Test
    void keepsShowingARevisionThatWasGivenUp() {
        rollouts.rollout = canary(Phase.ROLLED_BACK);
        presenter.open("default", "web");
        live.tick();
        assertThat(screen.shown).isPresent();
    }

    @Test
    void aDeploymentWithoutRolloutShowsNone() {
        presenter.open("default", "web");
        live.tick();
        assertThat(screen.shown).isEmpty();
        assertThat(screen.said).isEmpty();
    }

    @Test
    void showsRevisions() {
        rollouts.revisions.add(FakeRollouts.revision(5, true, FakeRollouts.spec()));
        presenter.open("default", "web");
        live.tick();
        assertThat(screen.revisions).hasSize(1);
    }

    @Test
    void asksWhatIsClickedAndSaysWhatWasDone() {
        rollouts.rollout = canary(Phase.CANARY);
        presenter.open("default", "web");
        for (Action action : Action.values()) {
            presenter.act(action);
        }
        assertThat(rollouts.calls).containsSequence("pause", "resume", "promote", "abort", "retry");
        assertThat(screen.said).hasSize(5).noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void saysWhyNotWhereItIsRefused() {
        rollouts.refusal = new ApiException(ErrorCode.CONFLICT, "It has ended.");
        presenter.open("default", "web");
        presenter.act(Action.ABORT);
        presenter.rollback(3);
        assertThat(screen.said).containsExactly("problem: It has ended.", "problem: It has ended.");
    }

    @Test
    void rollsBackAndSaysWhatChanges() {
        presenter.open("default", "web");
        presenter.rollback(3);
        assertThat(rollouts.calls).contains("rollback 3");
        assertThat(screen.said).containsExactly("web goes back to revision 3, which changes 1 field.");
    }

    @Test
    void previewsSayWhatEachActionDoesInItsPhase() {
        assertThat(RolloutPresenter.preview(canary(Phase.CANARY), Action.ABORT))
                .isEqualTo("Gives revision 5 up: revision 4 gets all requests again and 2 instances of revision 5 end"
                        + " after the last request.");
        assertThat(RolloutPresenter.preview(canary(Phase.PREPARING), Action.PROMOTE))
                .contains("all requests to revision 5");
        assertThat(RolloutPresenter.preview(canary(Phase.SWITCHED), Action.PROMOTE))
                .contains("Ends revision 4");
    }

    @Test
    void aViewerMaySeeAndNotSteer() {
        RolloutPresenter viewer = new RolloutPresenter(rollouts, () -> Callers.VIEWER, live, screen);
        assertThat(viewer.refusal()).hasValueSatisfying(why -> assertThat(why).contains("deployment:write"));
        assertThat(presenter.refusal()).isEmpty();
    }

    @Test
    void endsItsReadingWhenClosed() {
        presenter.open("default", "web");
        presenter.close();
        assertThat(live.running()).isZero();
    }
}
