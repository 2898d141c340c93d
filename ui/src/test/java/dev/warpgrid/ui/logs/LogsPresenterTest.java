package dev.warpgrid.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.fake.FakeGrid;
import dev.warpgrid.ui.live.ManualLive;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogsPresenterTest {
    private final FakeDeployments deployments = new FakeDeployments();
    private final FakeGrid grid = new FakeGrid();
    private final ManualLive live = new ManualLive();
    private final List<String> lines = new ArrayList<>();
    private List<String> ids = List.of();
    private final LogsPresenter presenter =
            new LogsPresenter(deployments, grid, () -> Callers.ADMIN, live, new LogsPresenter.Screen() {
                @Override
                public void cleared() {
                    lines.clear();
                }

                @Override
                public void lines(List<LogEntry> entries, long dropped) {
                    entries.forEach(entry -> lines.add(entry.text()));
                }

                @Override
                public void instances(List<String> all) {
                    ids = all;
                }
            });

    @Test
    void followsTheChosenDeploymentAndNoOther() {
        grid.instance("cart-1", "cart", "node-a");
        presenter.open("default/cart");
        deployments.log("one");
        live.tick();
        assertThat(lines).containsExactly("one");
        assertThat(ids).containsExactly("cart-1");
        presenter.open("default/search");
        assertThat(lines).isEmpty();
        assertThat(deployments.logs).hasSize(1);
    }

    @Test
    void choosingNoneEndsTheTail() {
        presenter.open("default/cart");
        presenter.open("");
        assertThat(deployments.logs).isEmpty();
        assertThat(live.running()).isZero();
    }

    @Test
    void offersDeploymentsByNameAPageAtATime() {
        deployments.add("default", "cart", State.READY, 1, 1);
        deployments.add("default", "carousel", State.READY, 1, 1);
        deployments.add("default", "search", State.READY, 1, 1);
        assertThat(presenter.find("car", 0, 10)).containsExactly("default/carousel", "default/cart");
        assertThat(presenter.find("car", 1, 10)).containsExactly("default/cart");
    }
}
