package dev.warpgrid.ui.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.fake.FakeGrid;
import dev.warpgrid.ui.live.ManualLive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class NodesPresenterTest {
    private final FakeGrid grid = new FakeGrid();
    private final ManualLive live = new ManualLive();
    private final Recorder screen = new Recorder();
    private final NodesPresenter presenter = new NodesPresenter(grid, grid, () -> Callers.ADMIN, live, screen);

    private static final class Recorder implements NodesPresenter.Screen {
        List<NodeView> shown = List.of();
        int total;
        NodesPresenter.Detail detail;
        final List<String> said = new ArrayList<>();
        JoinTokenView token;

        @Override
        public void nodes(List<NodeView> matching, int count) {
            shown = matching;
            total = count;
        }

        @Override
        public void detail(NodesPresenter.Detail next) {
            detail = next;
        }

        @Override
        public void noSuchNode(String id) {
            said.add("no " + id);
        }

        @Override
        public void token(JoinTokenView made) {
            token = made;
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

    @Test
    void filtersByNameStateAndLabel() {
        grid.node("node-a", NodeView.State.READY);
        grid.node("node-b", NodeView.State.LOST);
        presenter.start("lost");
        live.tick();
        assertThat(screen.shown).extracting(NodeView::id).containsExactly("node-b");
        assertThat(screen.total).isEqualTo(2);
        presenter.filter("zone=eu-1");
        assertThat(screen.shown).hasSize(2);
        presenter.filter("node-a");
        assertThat(screen.shown).extracting(NodeView::id).containsExactly("node-a");
    }

    @Test
    void detailShowsWhatRunsThere() {
        grid.node("node-a", NodeView.State.READY);
        grid.instance("cart-1", "cart", "node-a");
        grid.instance("cart-2", "cart", "node-b");
        presenter.open("node-a");
        live.tick();
        assertThat(screen.detail.instances()).extracting(InstanceView::id).containsExactly("cart-1");
        presenter.open("");
        assertThat(live.running()).isZero();
    }

    @Test
    void saysWhenThereIsNoSuchNode() {
        presenter.open("node-x");
        live.tick();
        assertThat(screen.said).containsExactly("no node-x");
    }

    @Test
    void makesATokenThatSoonExpires() {
        presenter.createToken();
        assertThat(screen.token.expiresAt()).isEqualTo(FakeDeployments.NOW.plus(NodesPresenter.TOKEN_VALID_FOR));
    }

    @Test
    void tellsWhyANodeCannotBeForgotten() {
        grid.refusal = new ApiException(ErrorCode.CONFLICT, "The node is connected: stop its agent first.");
        presenter.forget("node-a");
        assertThat(screen.said).containsExactly("problem: The node is connected: stop its agent first.");
        assertThat(grid.forgotten).isEmpty();
    }

    @Test
    void viewerLearnsWhyItCannotAddNodes() {
        NodesPresenter viewers = new NodesPresenter(grid, grid, () -> Callers.VIEWER, live, screen);
        assertThat(viewers.refusal(Permission.JOIN_TOKEN_WRITE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("join-token:write"));
    }
}
