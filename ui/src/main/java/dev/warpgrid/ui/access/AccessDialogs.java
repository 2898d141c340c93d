package dev.warpgrid.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.warpgrid.api.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What the access page asks. Each says what it changes, asks once, and hands on. */
final class AccessDialogs {
    private AccessDialogs() {}

    static Dialog confirm(String title, String verb, String change, Runnable work) {
        return dialog(title, verb, work, new Paragraph(change));
    }

    static Dialog newUser(AccessPresenter presenter) {
        TextField name = new TextField("Name");
        name.setRequiredIndicatorVisible(true);
        Select<String> role = roles(presenter, "Grid-wide role");
        return dialog(
                "New user",
                "Create",
                () -> presenter.createUser(name.getValue(), Objects.requireNonNullElse(role.getValue(), "")),
                new Paragraph("The password is made here and shown once. Roles in a namespace are given below."),
                form(name, role));
    }

    static Dialog newToken(AccessPresenter presenter) {
        TextField name = new TextField("What it is for");
        name.setRequiredIndicatorVisible(true);
        return dialog("New token", "Create", () -> presenter.createToken(name.getValue()), form(name));
    }

    static Dialog bind(AccessPresenter presenter) {
        Select<Subject.Kind> kind = new Select<>();
        kind.setLabel("To a");
        kind.setItems(Subject.Kind.values());
        kind.setItemLabelGenerator(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        kind.setValue(Subject.Kind.USER);
        TextField name = new TextField("Name");
        name.setRequiredIndicatorVisible(true);
        name.setHelperText("A service account as NAMESPACE/NAME");
        Select<String> role = roles(presenter, "Role");
        TextField namespace = new TextField("Namespace");
        namespace.setHelperText("Empty for the whole grid");
        return dialog(
                "Give a role",
                "Give",
                () -> presenter.bind(
                        Objects.requireNonNullElse(role.getValue(), ""),
                        kind.getValue(),
                        name.getValue(),
                        namespace.getValue()),
                form(kind, name, role, namespace));
    }

    static Dialog changePassword(AccessPresenter presenter) {
        Input present = password("present-password", "current-password");
        Input next = password("next-password", "new-password");
        return dialog(
                "Change password",
                "Change",
                () -> presenter.changePassword(present.getValue(), next.getValue()),
                new Paragraph("All your sessions and tokens end, this one too: you sign in again."),
                form(labelled("Present password", present), labelled("New password", next)));
    }

    private static Input password(String id, String purpose) {
        Input input = new Input();
        input.setType("password");
        input.setId(id);
        input.addClassName("password-input");
        input.getElement().setAttribute("autocomplete", purpose);
        return input;
    }

    private static Component labelled(String text, Input input) {
        NativeLabel label = new NativeLabel(text);
        label.setFor(input);
        Div field = new Div(label, input);
        field.addClassName("password-field");
        return field;
    }

    private static Select<String> roles(AccessPresenter presenter, String label) {
        Select<String> role = new Select<>();
        role.setLabel(label);
        List<String> names = presenter.roleNames();
        role.setItems(names);
        if (names.contains("viewer")) {
            role.setValue("viewer");
        }
        return role;
    }

    private static Component form(Component... fields) {
        Div form = new Div(fields);
        form.addClassName("form");
        return form;
    }

    private static Dialog dialog(String title, String verb, Runnable work, Component... content) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(title);
        dialog.setWidth("480px");
        dialog.add(content);
        Button yes = new Button(verb, event -> {
            dialog.close();
            work.run();
        });
        yes.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        yes.addClassName("confirm");
        dialog.getFooter().add(new Button("Cancel", event -> dialog.close()), yes);
        return dialog;
    }
}
