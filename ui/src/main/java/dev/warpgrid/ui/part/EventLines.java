package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.warpgrid.api.EventView;
import java.util.List;

/** Events, newest first: when, what, to whom. */
public final class EventLines extends UnorderedList {
    private static final long serialVersionUID = 1L;

    public EventLines() {
        addClassName("events");
    }

    /** @param newestFirst a screenful */
    public void show(List<EventView> newestFirst) {
        show(newestFirst, "Nothing has happened yet.");
    }

    /** @param otherwise what is said where there is none */
    public void show(List<EventView> newestFirst, String otherwise) {
        removeAll();
        newestFirst.forEach(event -> add(line(event)));
        if (newestFirst.isEmpty()) {
            ListItem none = new ListItem(otherwise);
            none.addClassName("faint");
            add(none);
        }
    }

    private static ListItem line(EventView event) {
        Span reason = new Span(event.reason());
        reason.addClassName("event-reason");
        Span message = new Span(event.message());
        message.addClassName("event-message");
        Div head = new Div(new StateText(Mood.of(event.severity()), word(event.severity())), reason);
        head.addClassName("event-head");
        String namespace = event.namespace();
        String deployment = event.deployment();
        if (namespace != null && deployment != null) {
            head.add(new Link(Paths.deployment(namespace, deployment), namespace + "/" + deployment));
        } else if (event.node() != null) {
            head.add(new Link(Paths.node(event.node()), event.node()));
        }
        if (event.count() > 1) {
            Span count = new Span("× " + Words.count(event.count()));
            count.addClassName("faint");
            head.add(count);
        }
        head.add(new TimeText(event.at()));
        ListItem item = new ListItem(head, message);
        item.getElement().setAttribute("data-event", String.valueOf(event.id()));
        return item;
    }

    private static String word(EventView.Severity severity) {
        return switch (severity) {
            case INFO -> "Info";
            case WARNING -> "Warning";
            case ERROR -> "Error";
        };
    }
}
