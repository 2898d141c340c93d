package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A few choices side by side, one of which is on. */
public final class Switch<T> extends Div {
    private static final long serialVersionUID = 1L;

    private final transient Map<T, NativeButton> buttons = new LinkedHashMap<>();
    private final transient Consumer<T> chosen;

    public Switch(String label, Consumer<T> chosen) {
        this.chosen = chosen;
        addClassName("switch");
        getElement().setAttribute("role", "group").setAttribute("aria-label", label);
    }

    public Switch<T> option(T value, String text) {
        NativeButton button = new NativeButton(text, event -> {
            show(value);
            chosen.accept(value);
        });
        button.getElement().setAttribute("aria-pressed", "false");
        buttons.put(value, button);
        add(button);
        return this;
    }

    /** Marks without telling. */
    public void show(T value) {
        buttons.forEach((option, button) ->
                button.getElement().setAttribute("aria-pressed", String.valueOf(option.equals(value))));
    }
}
