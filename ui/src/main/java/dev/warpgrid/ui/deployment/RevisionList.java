package dev.warpgrid.ui.deployment;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.ui.part.TimeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each revision changed, the newest first, and the way back to any of them. */
final class RevisionList extends Div {
    private static final long serialVersionUID = 1L;
    private static final int CHANGES_SHOWN = 6;

    private transient List<RevisionView> shown = List.of();
    private transient @Nullable RolloutPresenter presenter;

    RevisionList() {
        addClassName("revisions");
    }

    void steeredBy(RolloutPresenter steering) {
        presenter = steering;
    }

    void show(List<RevisionView> newestFirst) {
        if (newestFirst.equals(shown)) {
            return;
        }
        shown = newestFirst;
        removeAll();
        UnorderedList list = new UnorderedList();
        newestFirst.forEach(revision -> list.add(item(revision)));
        add(list);
    }

    private ListItem item(RevisionView revision) {
        Span number = new Span("r" + revision.number());
        number.addClassName("mono");
        Span by = new Span(revision.createdBy());
        by.addClassName("faint");
        Div head = new Div(number, new TimeText(revision.createdAt()), by);
        head.addClassName("revision-head");
        if (revision.newest()) {
            head.add(badge("newest"));
        }
        if (revision.serving()) {
            head.add(badge("serving"));
        }
        ListItem item = new ListItem(head);
        if (!revision.newest()) {
            head.add(rollback(revision));
        }
        Integer restores = revision.restores();
        if (restores != null) {
            item.add(new Div("Brought back revision " + restores + "."));
        }
        revision.changes().stream().limit(CHANGES_SHOWN).forEach(change -> item.add(change(change)));
        int more = revision.changes().size() - CHANGES_SHOWN;
        if (more > 0) {
            Div rest = new Div("and " + more + " more");
            rest.addClassName("faint");
            item.add(rest);
        }
        return item;
    }

    private static Span badge(String text) {
        Span badge = new Span(text);
        badge.addClassName("badge");
        return badge;
    }

    private static Div change(ApplyResult.Change change) {
        Span where = new Span(change.pointer().replaceFirst("^/spec/", ""));
        where.addClassName("faint");
        Span what = new Span((change.before().isEmpty() ? "" : change.before() + " → ")
                + (change.after().isEmpty() ? "(none)" : change.after()));
        what.addClassNames("mono", "ellipsis");
        what.getElement().setAttribute("title", change.before() + " → " + change.after());
        Div line = new Div(where, what);
        line.addClassName("change");
        return line;
    }

    private Button rollback(RevisionView revision) {
        Button button = new Button("Roll back", event -> {
            RolloutPresenter steering = presenter;
            if (steering != null) {
                new Confirm(
                                "Roll back to revision " + revision.number(),
                                "Roll back",
                                false,
                                () -> steering.rollback(revision.number()))
                        .says(RolloutPresenter.rollbackPreview(revision))
                        .open();
            }
        });
        button.addClassName("rollback");
        button.getElement().setAttribute("aria-label", "Roll back to revision " + revision.number());
        RolloutPresenter steering = presenter;
        if (steering != null) {
            steering.refusal().ifPresent(reason -> {
                button.setEnabled(false);
                button.setTooltipText(reason);
            });
        }
        return button;
    }
}
