package dev.warpgrid.ui.events;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.EventLines;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.Switch;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.part.Words;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/** What happened. */
@Route(value = Paths.EVENTS, layout = Shell.class)
@PageTitle("Events · WarpGrid")
public final class EventsView extends ViewFrame implements EventsPresenter.Screen, BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 200;

    private final transient EventsPresenter presenter;
    private final TextField filter = new TextField();
    private final Switch<EventView.Severity> severity = new Switch<>("Least severity", this::choose);
    private final EventLines lines = new EventLines();
    private final Span total = new Span();
    private EventView.Severity least = EventView.Severity.INFO;

    @Inject
    public EventsView(EventService events, SignedInUser user) {
        super("Events");
        LiveUpdates live = new LiveUpdates(this, this::trouble);
        presenter = new EventsPresenter(events, user.caller(), live, this);
        total.addClassName("faint");
        lead().add(total);
        severity.option(EventView.Severity.INFO, "All")
                .option(EventView.Severity.WARNING, "Warnings")
                .option(EventView.Severity.ERROR, "Errors");
        filter.setPlaceholder("Filter by text, deployment, node");
        filter.setAriaLabel("Filter events");
        filter.setClearButtonVisible(true);
        filter.setPrefixComponent(new Glyph(Glyph.Shape.SEARCH));
        filter.setValueChangeMode(ValueChangeMode.LAZY);
        filter.setValueChangeTimeout(TYPING_MILLIS);
        filter.getElement().setAttribute("data-search", "");
        filter.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                remember("q", event.getValue());
                apply();
            }
        });
        actions().add(severity, filter);
        lines.addClassName("wide");
        lines.getElement().setAttribute("aria-label", "Events, newest first");
        add(lines);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        filter.setValue(query("q"));
        least = switch (query("severity")) {
            case "warning" -> EventView.Severity.WARNING;
            case "error" -> EventView.Severity.ERROR;
            default -> EventView.Severity.INFO;
        };
        severity.show(least);
        presenter.start(new EventsPresenter.Filter(filter.getValue(), least));
    }

    private void choose(EventView.Severity next) {
        least = next;
        remember("severity", next == EventView.Severity.INFO ? "" : next.name().toLowerCase(Locale.ROOT));
        apply();
    }

    private void apply() {
        presenter.filter(new EventsPresenter.Filter(filter.getValue(), least));
    }

    @Override
    public void events(List<EventView> newestFirst, int matching, int of) {
        total.setText((matching == of
                        ? Words.plural(of, "event")
                        : Words.count(matching) + " of " + Words.plural(of, "event"))
                + (newestFirst.size() < matching ? ", the newest " + newestFirst.size() + " shown" : ""));
        lines.show(newestFirst, of == 0 ? "Nothing has happened yet." : "No event matches the filter.");
    }
}
