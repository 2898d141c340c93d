package dev.warpgrid.ui.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditService;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Switch;
import dev.warpgrid.ui.part.TimeText;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.part.Words;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The trail of writes, the newest first. */
@Route(value = Paths.AUDIT, layout = Shell.class)
@PageTitle("Audit · WarpGrid")
public final class AuditView extends ViewFrame implements AuditPresenter.Screen, BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 300;

    private final transient AuditPresenter presenter;
    private final Grid<AuditEntry> grid = new Grid<>();
    private final TextField filter = new TextField();
    private final Switch<Boolean> outcome = new Switch<>("Outcome", this::choose);
    private final Span total = new Span();
    private boolean refusedOnly;
    private transient List<AuditEntry> shown = List.of();

    @Inject
    public AuditView(AuditService audit, SignedInUser user) {
        super("Audit");
        presenter = new AuditPresenter(audit, user.caller(), new LiveUpdates(this, this::trouble), this);
        total.addClassName("faint");
        lead().add(total);
        outcome.option(false, "All").option(true, "Refused");
        filter.setPlaceholder("Who, what, why, or what changed");
        filter.setAriaLabel("Search the audit trail");
        filter.setClearButtonVisible(true);
        filter.setPrefixComponent(new Glyph(Glyph.Shape.SEARCH));
        filter.setValueChangeMode(ValueChangeMode.LAZY);
        filter.setValueChangeTimeout(TYPING_MILLIS);
        filter.getElement().setAttribute("data-search", "");
        filter.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                remember("q", event.getValue());
                ask();
            }
        });
        actions().add(outcome, filter);
        columns();
        add(grid);
    }

    private void columns() {
        grid.addClassName("rows");
        grid.addThemeName("no-border");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.getElement().setAttribute("aria-label", "Audit trail");
        grid.setEmptyStateComponent(new EmptyState("No entry matches, or none is for you to see."));
        grid.addComponentColumn(entry -> new TimeText(entry.at()))
                .setHeader("When")
                .setFlexGrow(0)
                .setWidth("110px");
        grid.addColumn(AuditEntry::actor).setHeader("Who").setFlexGrow(1).setWidth("120px");
        grid.addColumn(AuditEntry::action).setHeader("What").setFlexGrow(1).setWidth("170px");
        grid.addColumn(entry -> (entry.namespace() == null ? "" : entry.namespace() + "/") + entry.resource())
                .setHeader("To")
                .setFlexGrow(2)
                .setWidth("180px");
        grid.addComponentColumn(AuditView::outcome)
                .setHeader("Outcome")
                .setFlexGrow(2)
                .setWidth("160px");
        grid.addColumn(AuditEntry::origin).setHeader("From").setFlexGrow(1).setWidth("150px");
        grid.addComponentColumn(entry -> {
                    Button more = new Button("Details", event -> details(entry));
                    more.setAriaLabel("Details of entry " + entry.id());
                    return more;
                })
                .setFlexGrow(0)
                .setWidth("110px");
    }

    private static Component outcome(AuditEntry entry) {
        if (entry.outcome() == AuditEntry.Outcome.DONE) {
            return new StateText(Mood.GOOD, "Done");
        }
        Span why = new Span(entry.detail());
        why.addClassNames("faint", "wraps");
        why.getElement().setAttribute("title", entry.detail());
        return box("cell-state", new StateText(Mood.WARN, "Refused"), why);
    }

    private static void details(AuditEntry entry) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(entry.action() + " by " + entry.actor());
        dialog.setWidth("640px");
        dialog.add(new Paragraph("Entry " + entry.id() + " of " + entry.at() + ", from " + entry.origin() + "."));
        if (!entry.detail().isEmpty()) {
            dialog.add(new Paragraph(entry.detail()));
        }
        dialog.add(json("Before", entry.before()), json("After", entry.after()));
        dialog.add(new Paragraph(new Span("Hash "), hash(entry.hash())));
        dialog.getFooter().add(new Button("Close", event -> dialog.close()));
        dialog.open();
    }

    private static Component json(String title, @org.jspecify.annotations.Nullable String json) {
        Span name = new Span(title);
        Pre text = new Pre(json == null ? "nothing" : json.replace("\",\"", "\",\n \""));
        text.addClassNames("mono", "token");
        text.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", title);
        return box("audit-json", name, text);
    }

    private static Span hash(String hash) {
        Span text = new Span(hash);
        text.addClassNames("mono", "wraps");
        text.getStyle().set("overflow-wrap", "anywhere");
        return text;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        filter.setValue(query("q"));
        refusedOnly = query("outcome").equals("refused");
        outcome.show(refusedOnly);
        presenter.start(new AuditPresenter.Question(filter.getValue(), refusedOnly));
    }

    private void choose(boolean refused) {
        refusedOnly = refused;
        remember("outcome", refused ? "refused" : "");
        ask();
    }

    private void ask() {
        try {
            presenter.ask(new AuditPresenter.Question(filter.getValue(), refusedOnly));
        } catch (ApiException e) {
            trouble(Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }

    @Override
    public void entries(List<AuditEntry> newestFirst, boolean more) {
        total.setText(
                more
                        ? "The newest " + newestFirst.size()
                        : Words.count(newestFirst.size()) + (newestFirst.size() == 1 ? " entry" : " entries"));
        if (!newestFirst.equals(shown)) {
            shown = newestFirst;
            grid.setItems(new ArrayList<>(newestFirst));
        }
    }
}
