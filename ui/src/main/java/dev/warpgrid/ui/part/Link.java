package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;

/** A link to another view; the page stays loaded. */
public final class Link extends Anchor {
    private static final long serialVersionUID = 1L;

    public Link(String path, String text) {
        super(path, text);
        getElement().setAttribute("router-link", "");
    }

    public Link(String path, Component... content) {
        super(path, content);
        getElement().setAttribute("router-link", "");
    }
}
