package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;

/** Name and value pairs, as a definition list. */
public final class Fact extends DescriptionList {
    private static final long serialVersionUID = 1L;

    public Fact() {
        addClassName("facts");
    }

    public Fact row(String name, String value) {
        return row(name, new Span(value));
    }

    /** An identifier, in the monospaced face. */
    public Fact id(String name, String value) {
        Span id = new Span(value);
        id.addClassName("mono");
        return row(name, id);
    }

    public Fact row(String name, Component value) {
        add(new Term(name), new Description(value));
        return this;
    }
}
