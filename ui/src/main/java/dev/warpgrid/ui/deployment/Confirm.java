package dev.warpgrid.ui.deployment;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;

/** Asks once, and says what will change. */
final class Confirm extends Dialog {
    private static final long serialVersionUID = 1L;

    private final Paragraph preview = new Paragraph();
    private final Button yes;

    Confirm(String title, String verb, boolean danger, Runnable action) {
        setHeaderTitle(title);
        setWidth("440px");
        preview.addClassName("preview");
        add(preview);
        yes = new Button(verb, event -> {
            close();
            action.run();
        });
        yes.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        if (danger) {
            yes.addThemeVariants(ButtonVariant.LUMO_ERROR);
        }
        yes.addClassName("confirm");
        Button no = new Button("Cancel", event -> close());
        no.setAutofocus(danger);
        getFooter().add(no, yes);
    }

    Confirm says(String sentence) {
        preview.setText(sentence);
        return this;
    }

    Confirm asks(Component field) {
        addComponentAsFirst(field);
        return this;
    }
}
