package dev.warpgrid.ui.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.EventView;
import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeEvents;
import dev.warpgrid.ui.live.ManualLive;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsPresenterTest {
    private final FakeEvents events = new FakeEvents();
    private final ManualLive live = new ManualLive();
    private List<EventView> shown = List.of();
    private int matching;
    private int all;
    private final EventsPresenter presenter =
            new EventsPresenter(events, Callers.ADMIN, live, (newestFirst, match, of) -> {
                shown = newestFirst;
                matching = match;
                all = of;
            });

    @Test
    void showsNewestFirstAndWhatComesLater() {
        events.add(Severity.INFO, "First", "cart");
        presenter.start(new EventsPresenter.Filter("", Severity.INFO));
        live.tick();
        events.add(Severity.INFO, "Second", "cart");
        live.tick();
        assertThat(shown).extracting(EventView::reason).containsExactly("Second", "First");
    }

    @Test
    void filtersByTextAndSeverity() {
        events.add(Severity.INFO, "Scaled", "cart");
        events.add(Severity.ERROR, "Crashed", "search");
        presenter.start(new EventsPresenter.Filter("", Severity.WARNING));
        live.tick();
        assertThat(shown).extracting(EventView::reason).containsExactly("Crashed");
        assertThat(matching).isEqualTo(1);
        assertThat(all).isEqualTo(2);
        presenter.filter(new EventsPresenter.Filter("default/CART", Severity.INFO));
        assertThat(shown).extracting(EventView::reason).containsExactly("Scaled");
    }

    @Test
    void drawsAScreenfulAndCountsTheRest() {
        for (int i = 0; i < 500; i++) {
            events.add(Severity.INFO, "Event" + i, "cart");
        }
        presenter.start(new EventsPresenter.Filter("", Severity.INFO));
        live.tick();
        assertThat(shown).hasSize(EventsPresenter.MAXIMUM_SHOWN);
        assertThat(matching).isEqualTo(500);
    }
}
