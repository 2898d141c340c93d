package dev.warpgrid.ui.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.live.ManualLive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class DeploymentsPresenterTest {
    private final FakeDeployments deployments = new FakeDeployments();
    private final ManualLive live = new ManualLive();
    private final Recorder screen = new Recorder();
    private final DeploymentsPresenter presenter = new DeploymentsPresenter(deployments, Callers.ADMIN, live, screen);

    private static final class Recorder implements DeploymentsPresenter.Screen {
        int reloads;
        final List<Deployment> refreshed = new ArrayList<>();
        final Map<String, DeploymentsPresenter.Traffic> traffic = new HashMap<>();

        @Override
        public void reload() {
            reloads++;
        }

        @Override
        public void refresh(Deployment row) {
            refreshed.add(row);
        }

        @Override
        public void sparks(Map<String, DeploymentsPresenter.Traffic> byKey) {
            traffic.putAll(byKey);
        }
    }

    private void many(int count) {
        for (int i = 0; i < count; i++) {
            deployments.add("default", String.format(Locale.ROOT, "app-%05d", i), State.READY, 1, 1);
        }
    }

    @Test
    void readsARowFarDownByLargePagesAndKeepsTheWay() {
        many(5_000);
        assertThat(presenter.fetch(4_000, 50).getFirst().metadata().name()).isEqualTo("app-04000");
        assertThat(deployments.queries).hasSizeLessThanOrEqualTo(5);
        deployments.queries.clear();
        assertThat(presenter.fetch(4_050, 50).getFirst().metadata().name()).isEqualTo("app-04050");
        assertThat(deployments.queries).hasSize(1);
        assertThat(deployments.queries.getFirst().limit()).isEqualTo(50);
    }

    @Test
    void sortsByStateWithTheWorstFirstWhenDescending() {
        deployments.add("default", "a", State.READY, 1, 1);
        deployments.add("default", "b", State.UNAVAILABLE, 0, 1);
        deployments.add("default", "c", State.DEGRADED, 1, 2);
        presenter.sort(DeploymentsPresenter.Order.STATE, true);
        assertThat(presenter.fetch(0, 10))
                .extracting(row -> row.metadata().name())
                .containsExactly("b", "c", "a");
        assertThat(presenter.sortRefusal()).isEmpty();
    }

    @Test
    void refusesToSortWhatDoesNotFitOnePage() {
        many(ListQuery.MAXIMUM_LIMIT + 1);
        presenter.sort(DeploymentsPresenter.Order.MEMORY, false);
        assertThat(presenter.sortRefusal())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("1001").contains("filter"));
        assertThat(presenter.fetch(0, 1).getFirst().metadata().name()).isEqualTo("app-00000");
    }

    @Test
    void filterAsksTheServerAndReloads() {
        deployments.add("default", "cart", State.READY, 1, 1);
        deployments.add("default", "search", State.READY, 1, 1);
        presenter.filter(" cart ");
        assertThat(screen.reloads).isEqualTo(1);
        assertThat(presenter.count()).isEqualTo(1);
        assertThat(presenter.fetch(0, 10))
                .extracting(row -> row.metadata().name())
                .containsExactly("cart");
    }

    @Test
    void changeOfAVisibleRowRefreshesThatRowOnly() {
        deployments.add("default", "cart", State.READY, 1, 1);
        presenter.start();
        presenter.fetch(0, 10);
        deployments.tell("default", "cart", FakeDeployments.of("default", "cart", State.DEGRADED, 1, 2));
        live.tick();
        assertThat(screen.reloads).isZero();
        assertThat(screen.refreshed).hasSize(1);
        assertThat(screen.refreshed.getFirst().status().state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void deletionReloadsTheList() {
        deployments.add("default", "cart", State.READY, 1, 1);
        presenter.start();
        presenter.fetch(0, 10);
        deployments.tell("default", "cart", null);
        live.tick();
        assertThat(screen.reloads).isEqualTo(1);
    }

    @Test
    void readsTrafficOfVisibleRowsOnly() {
        many(500);
        presenter.start();
        presenter.fetch(0, 20);
        live.tick();
        assertThat(screen.traffic).hasSize(20);
        assertThat(screen.traffic.get("default/app-00000").now()).isEqualTo(5);
    }

    @Test
    void viewerLearnsWhyItCannotDeploy() {
        DeploymentsPresenter viewers = new DeploymentsPresenter(deployments, Callers.VIEWER, live, screen);
        assertThat(viewers.deployRefusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("deployment:write"));
        assertThat(presenter.deployRefusal()).isEmpty();
    }
}
