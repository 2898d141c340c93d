package dev.warpgrid.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.warpgrid.ui.part.Glyph;
import java.util.List;
import java.util.function.Function;

/** Ctrl-K: type a few letters, press Enter, be there. */
final class CommandPalette extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 80;
    private static final String ARROWS =
            "event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key === 'Enter'";

    private final TextField text = new TextField();
    private final UnorderedList list = new UnorderedList();
    private final transient Function<String, List<PalettePresenter.Entry>> find;
    private transient List<PalettePresenter.Entry> entries = List.of();
    private int chosen;

    CommandPalette(Function<String, List<PalettePresenter.Entry>> find) {
        this.find = find;
        addClassName("palette");
        getElement().setAttribute("aria-label", "Go to");
        setWidth("560px");
        text.setPlaceholder("Go to a view, deployment or node");
        text.setAriaLabel("Go to a view, deployment or node");
        text.setPrefixComponent(new Glyph(Glyph.Shape.SEARCH));
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(TYPING_MILLIS);
        text.setAutofocus(true);
        text.setWidthFull();
        text.addValueChangeListener(event -> search());
        text.getElement()
                .addEventListener(
                        "keydown",
                        event -> key(event.getEventData().path("event.key").asString("")))
                .addEventData("event.key")
                .setFilter(ARROWS)
                .preventDefault();
        list.addClassName("palette-list");
        list.getElement().setAttribute("role", "listbox").setAttribute("aria-label", "Matches");
        Div keys = new Div(new Span("↑ ↓ to choose"), new Span("Enter to go"), new Span("Esc to close"));
        keys.addClassNames("palette-keys", "faint");
        add(text, list, keys);
        addOpenedChangeListener(event -> {
            if (event.isOpened()) {
                text.focus();
            }
        });
    }

    void show() {
        text.clear();
        search();
        open();
    }

    private void search() {
        entries = find.apply(text.getValue());
        chosen = 0;
        draw();
    }

    private void key(String key) {
        switch (key) {
            case "ArrowDown" -> move(1);
            case "ArrowUp" -> move(-1);
            case "Enter" -> {
                // What was typed last may still wait for the pause in typing.
                if (chosen < entries.size()) {
                    go(entries.get(chosen));
                }
            }
            default -> throw new IllegalStateException("The browser sent " + key + ", which it was not asked for.");
        }
    }

    private void move(int by) {
        if (!entries.isEmpty()) {
            chosen = Math.floorMod(chosen + by, entries.size());
            draw();
        }
    }

    private void draw() {
        list.removeAll();
        for (int i = 0; i < entries.size(); i++) {
            list.add(item(entries.get(i), i == chosen));
        }
        if (entries.isEmpty()) {
            ListItem none = new ListItem("Nothing has \"" + text.getValue() + "\" in its name.");
            none.addClassNames("faint", "palette-none");
            list.add(none);
        }
    }

    private ListItem item(PalettePresenter.Entry entry, boolean selected) {
        Span kind = new Span(entry.kind());
        kind.addClassName("palette-kind");
        Span label = new Span(entry.label());
        label.addClassName("palette-label");
        Span hint = new Span(entry.hint());
        hint.addClassName("faint");
        ListItem item = new ListItem(kind, label, hint);
        item.getElement().setAttribute("role", "option").setAttribute("aria-selected", String.valueOf(selected));
        item.addClickListener(event -> go(entry));
        return item;
    }

    private void go(PalettePresenter.Entry entry) {
        close();
        Addresses.go(UI.getCurrent(), entry.path());
    }
}
