package dev.warpgrid.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.fake.FakeGrid;
import org.junit.jupiter.api.Test;

class PalettePresenterTest {
    private final FakeDeployments deployments = new FakeDeployments();
    private final FakeGrid grid = new FakeGrid();
    private final PalettePresenter presenter = new PalettePresenter(deployments, grid);

    @Test
    void findsViewsDeploymentsAndNodes() {
        deployments.add("shop", "node-metrics", State.READY, 1, 1);
        grid.node("node-a", NodeView.State.READY);
        assertThat(presenter.find(Callers.ADMIN, "NODE"))
                .extracting(PalettePresenter.Entry::path)
                .containsExactly("nodes", "deployments/shop/node-metrics", "nodes/node-a");
    }

    @Test
    void holdsNoMoreThanItShows() {
        for (int i = 0; i < 100; i++) {
            deployments.add("shop", "app-" + i, State.READY, 1, 1);
        }
        assertThat(presenter.find(Callers.ADMIN, "")).hasSize(PalettePresenter.MAXIMUM_ENTRIES);
        assertThat(deployments.queries.getFirst().limit()).isEqualTo(PalettePresenter.MAXIMUM_ENTRIES);
    }
}
