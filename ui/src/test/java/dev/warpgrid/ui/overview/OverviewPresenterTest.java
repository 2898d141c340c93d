package dev.warpgrid.ui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Quota;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.fake.FakeEvents;
import dev.warpgrid.ui.fake.FakeGrid;
import dev.warpgrid.ui.fake.FakeQuotas;
import dev.warpgrid.ui.live.ManualLive;
import dev.warpgrid.ui.part.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class OverviewPresenterTest {
    private final FakeGrid grid = new FakeGrid();
    private final FakeDeployments deployments = new FakeDeployments();
    private final FakeEvents events = new FakeEvents();
    private final ManualLive live = new ManualLive();
    private final Recorder screen = new Recorder();
    private final FakeQuotas quotas = new FakeQuotas();
    private final OverviewPresenter presenter =
            new OverviewPresenter(grid, deployments, grid, events, quotas, Callers.ADMIN, live, screen);

    private static final class Recorder implements OverviewPresenter.Screen {
        OverviewPresenter.Picture picture;
        Range range;
        final List<MetricsWindow> windows = new ArrayList<>();
        List<EventView> events = List.of();

        @Override
        public void status(OverviewPresenter.Picture next) {
            picture = next;
        }

        @Override
        public void range(Range next) {
            range = next;
        }

        @Override
        public void metrics(MetricsWindow window) {
            windows.add(window);
        }

        @Override
        public void events(List<EventView> newestFirst) {
            events = newestFirst;
        }
    }

    @Test
    void linksWhatIsNotReadyToItsEvidence() {
        grid.node("node-a", NodeView.State.READY);
        grid.node("node-b", NodeView.State.LOST);
        deployments.add("default", "hello", State.READY, 1, 1);
        deployments.add("shop", "cart", State.UNAVAILABLE, 0, 2);
        grid.deployments = 2;
        grid.readyDeployments = 1;
        presenter.start(Range.QUARTER);
        live.tick();
        assertThat(screen.picture.attention())
                .extracting(OverviewPresenter.Attention::path)
                .containsExactly("nodes/node-b", "deployments/shop/cart");
    }

    @Test
    void keepsASentenceOfTheServerThatNothingElseTells() {
        grid.notReady.add("The database answers slowly.");
        presenter.start(Range.QUARTER);
        live.tick();
        assertThat(screen.picture.attention())
                .extracting(OverviewPresenter.Attention::sentence)
                .containsExactly("The database answers slowly.");
    }

    @Test
    void readsMetricsOfTheChosenRangeOnly() {
        presenter.start(Range.HOUR);
        presenter.choose(Range.FIVE_MINUTES);
        live.tick();
        assertThat(screen.range).isEqualTo(Range.FIVE_MINUTES);
        assertThat(grid.metricSeconds).containsExactly(300);
        assertThat(screen.windows).hasSize(1);
    }

    @Test
    void showsNewestEventsFirstAndAsManyAsFit() {
        for (int i = 0; i < 20; i++) {
            events.add(EventView.Severity.INFO, "Event" + i, "hello");
        }
        presenter.start(Range.QUARTER);
        live.tick();
        events.add(EventView.Severity.ERROR, "Last", "hello");
        live.tick();
        assertThat(screen.events).hasSize(OverviewPresenter.EVENTS_SHOWN);
        assertThat(screen.events.getFirst().reason()).isEqualTo("Last");
        assertThat(screen.events.get(1).reason()).isEqualTo("Event19");
    }

    @Test
    void openingItAgainStartsNothingTwice() {
        presenter.start(Range.QUARTER);
        int running = live.running();
        presenter.start(Range.HOUR);
        assertThat(live.running()).isEqualTo(running);
    }

    @Test
    void showsOnlyNamespacesWithAQuotaTheFullestFirst() {
        quotas.usages.add(new NamespaceUsage("free", Quota.none(), 9L << 30, 900, 90, 0));
        quotas.usages.add(new NamespaceUsage("half", new Quota("1GiB", 10L, null, null), 512L << 20, 1, 1, 0));
        quotas.usages.add(new NamespaceUsage("full", new Quota(null, 4L, 8L, null), 64L << 20, 4, 1, 0));
        presenter.start(Range.QUARTER);
        live.tick();
        assertThat(screen.picture.quotas())
                .extracting(NamespaceUsage::namespace)
                .containsExactly("full", "half");
        assertThat(OverviewPresenter.fullness(screen.picture.quotas().getFirst()))
                .isEqualTo(1);
        assertThat(OverviewPresenter.words(screen.picture.quotas().getLast()))
                .isEqualTo("512 MiB of 1GiB · 1 of 10 instances");
    }
}
