package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** Nothing here yet: why, and the next command. */
public final class EmptyState extends Div {
    private static final long serialVersionUID = 1L;

    private final Paragraph sentence = new Paragraph();

    public EmptyState(String text, Component... next) {
        addClassName("empty");
        sentence.setText(text);
        add(sentence);
        add(next);
    }

    /** A command to type, as it is typed. */
    public static Component command(String command) {
        Code code = new Code(command);
        code.addClassName("command");
        return code;
    }

    public void say(String text) {
        sentence.setText(text);
    }
}
