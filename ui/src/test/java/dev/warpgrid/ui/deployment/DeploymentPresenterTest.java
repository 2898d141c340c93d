package dev.warpgrid.ui.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.fake.FakeEvents;
import dev.warpgrid.ui.fake.FakeGrid;
import dev.warpgrid.ui.live.ManualLive;
import dev.warpgrid.ui.part.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class DeploymentPresenterTest {
    private final FakeDeployments deployments = new FakeDeployments();
    private final FakeGrid grid = new FakeGrid();
    private final FakeEvents events = new FakeEvents();
    private final ManualLive live = new ManualLive();
    private final Recorder screen = new Recorder();
    private final DeploymentPresenter presenter =
            new DeploymentPresenter(deployments, grid, events, () -> Callers.ADMIN, live, screen);

    private static final class Recorder implements DeploymentPresenter.Screen {
        final List<String> said = new ArrayList<>();
        final List<LogEntry> lines = new ArrayList<>();
        long dropped;
        Deployment shown;
        String gone = "";
        List<InstanceView> instances = List.of();
        List<EventView> events = List.of();

        @Override
        public void deployment(Deployment deployment) {
            shown = deployment;
        }

        @Override
        public void gone(String sentence) {
            gone = sentence;
        }

        @Override
        public void range(Range range) {}

        @Override
        public void metrics(MetricsWindow window) {}

        @Override
        public void instances(List<InstanceView> all) {
            instances = all;
        }

        @Override
        public void log(List<LogEntry> entries, long lost) {
            lines.addAll(entries);
            dropped += lost;
        }

        @Override
        public void events(List<EventView> newestFirst) {
            events = newestFirst;
        }

        @Override
        public void done(String sentence) {
            said.add(sentence);
        }

        @Override
        public void deleted(String sentence) {
            said.add(sentence);
        }

        @Override
        public void problem(String sentence) {
            said.add("problem: " + sentence);
        }
    }

    private void open() {
        deployments.add("default", "cart", State.READY, 2, 2);
        presenter.open("default", "cart", Range.QUARTER);
    }

    @Test
    void saysThatThereIsNoSuchDeployment() {
        presenter.open("default", "nothing", Range.QUARTER);
        assertThat(screen.gone).contains("nothing");
        assertThat(live.running()).isZero();
    }

    @Test
    void followsStateInstancesEventsAndLog() {
        open();
        grid.instance("cart-1", "cart", "node-a");
        events.add(EventView.Severity.INFO, "Scaled", "cart");
        events.add(EventView.Severity.INFO, "Other", "search");
        deployments.log("hello");
        deployments.tell("default", "cart", FakeDeployments.of("default", "cart", State.DEGRADED, 1, 2));
        live.tick();
        assertThat(screen.shown.status().state()).isEqualTo(State.DEGRADED);
        assertThat(screen.instances).extracting(InstanceView::id).containsExactly("cart-1");
        assertThat(screen.events).extracting(EventView::reason).containsExactly("Scaled");
        assertThat(screen.lines).extracting(LogEntry::text).containsExactly("hello");
        assertThat(screen.dropped).isEqualTo(2);
    }

    @Test
    void otherDeploymentsOfTheNamespaceChangeNothing() {
        open();
        deployments.tell("default", "search", FakeDeployments.of("default", "search", State.UNAVAILABLE, 0, 1));
        live.tick();
        assertThat(screen.shown.metadata().name()).isEqualTo("cart");
        assertThat(screen.shown.status().state()).isEqualTo(State.READY);
    }

    @Test
    void endsEverythingWhenTheDeploymentGoes() {
        open();
        deployments.tell("default", "cart", null);
        live.tick();
        assertThat(screen.gone).contains("deleted");
        assertThat(live.running()).isZero();
        assertThat(deployments.logs).isEmpty();
    }

    @Test
    void openingAnotherLeavesNothingOfTheFirst() {
        open();
        int running = live.running();
        deployments.add("default", "search", State.READY, 1, 1);
        presenter.open("default", "search", Range.QUARTER);
        assertThat(live.running()).isEqualTo(running);
        assertThat(deployments.logs).hasSize(1);
    }

    @Test
    void previewsSayWhatWillChange() {
        open();
        assertThat(presenter.scalePreview(5)).contains("Starts 3 instances").contains("64MiB");
        assertThat(presenter.scalePreview(0)).contains("Stops 2 instances").contains("nothing answers");
        assertThat(presenter.scalePreview(2)).contains("nothing will change");
        assertThat(presenter.deletePreview()).contains("2 instances").contains("http://cart.default.localhost:8080/");
    }

    @Test
    void deletesOnlyTheVersionThatWasSeen() {
        open();
        presenter.delete();
        assertThat(deployments.calls).contains("delete cart if 7");
        assertThat(screen.said).containsExactly("cart is deleted.");
    }

    @Test
    void aRefusalIsToldAndNothingElse() {
        open();
        deployments.refusal =
                new ApiException(ErrorCode.PRECONDITION_FAILED, "It was changed in the meantime: look again.");
        presenter.scale(4);
        presenter.restart();
        assertThat(screen.said)
                .containsExactly(
                        "problem: It was changed in the meantime: look again.",
                        "problem: It was changed in the meantime: look again.");
    }

    @Test
    void viewerMayLookButNotAct() {
        DeploymentPresenter viewers =
                new DeploymentPresenter(deployments, grid, events, () -> Callers.VIEWER, live, screen);
        for (DeploymentPresenter.Action action : DeploymentPresenter.Action.values()) {
            assertThat(viewers.refusal(action)).as(action.name()).isPresent();
            assertThat(presenter.refusal(action)).as(action.name()).isEmpty();
        }
    }
}
