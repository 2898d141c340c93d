package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frame all views share: a heading with actions, a line for trouble, the content; and the address that reopens it. */
public abstract class ViewFrame extends Div {
    private static final long serialVersionUID = 1L;

    private final H1 heading = new H1();
    private final Div lead = new Div(heading);
    private final Div actions = new Div();
    private final Div trouble = new Div();
    private String path = "";
    private final transient Map<String, String> query = new LinkedHashMap<>();

    protected ViewFrame(String title) {
        addClassName("view");
        heading.setText(title);
        lead.addClassName("lead");
        actions.addClassName("actions");
        trouble.addClassNames("trouble", Mood.WARN.css());
        trouble.getElement().setAttribute("role", "alert");
        trouble.setVisible(false);
        Div head = new Div(lead, actions);
        head.addClassName("head");
        add(head, trouble);
    }

    protected final H1 heading() {
        return heading;
    }

    protected final Div lead() {
        return lead;
    }

    protected final Div actions() {
        return actions;
    }

    /** Says why what is seen may be old; an empty text takes it away. */
    protected final void trouble(String sentence) {
        trouble.removeAll();
        if (!sentence.isEmpty()) {
            trouble.add(new Glyph(Glyph.Shape.WARN), new Span(sentence));
        }
        trouble.setVisible(!sentence.isEmpty());
    }

    /** Keeps the address a view was opened by. */
    protected final void opened(BeforeEnterEvent event) {
        path = event.getLocation().getPath();
        query.clear();
        event.getLocation()
                .getQueryParameters()
                .getParameters()
                .forEach((key, values) -> query.put(key, values.getFirst()));
    }

    protected final String query(String key) {
        return query.getOrDefault(key, "");
    }

    /** Writes a choice into the address without leaving the view; an empty value leaves the address. */
    protected final void remember(String key, String value) {
        if (value.isEmpty()) {
            query.remove(key);
        } else {
            query.put(key, value);
        }
        UI ui = UI.getCurrent();
        if (ui != null) {
            ui.getPage().getHistory().replaceState(null, new Location(path, QueryParameters.simple(query)));
        }
    }

    protected static Section panel(String title, Component... content) {
        H2 heading = new H2(title);
        Section section = new Section(heading);
        section.addClassName("panel");
        section.add(content);
        return section;
    }

    protected static Div box(String className, Component... content) {
        Div box = new Div(content);
        box.addClassName(className);
        return box;
    }
}
