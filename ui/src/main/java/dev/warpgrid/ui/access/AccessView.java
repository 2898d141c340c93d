package dev.warpgrid.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.RoleService;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserService;
import dev.warpgrid.api.UserView;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Tell;
import dev.warpgrid.ui.part.TimeText;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Oneself, the users, and who holds which role. */
@Route(value = Paths.ACCESS, layout = Shell.class)
@PageTitle("Access · WarpGrid")
public final class AccessView extends ViewFrame implements AccessPresenter.Screen, BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient AccessPresenter presenter;
    private final Div self = box("access-self");
    private final Grid<TokenView> tokens = grid("Your tokens", "You have no token.");
    private final Grid<UserView> users = grid("Users", "There is no user.");
    private final Grid<RoleBindingView> bindings = grid("Role bindings", "Nobody holds a role here.");

    @Inject
    public AccessView(IdentityService identity, UserService accounts, RoleService roles, SignedInUser user) {
        super("Access");
        presenter = new AccessPresenter(identity, accounts, roles, user::caller, this);
        Button password = new Button(
                "Change password",
                event -> AccessDialogs.changePassword(presenter).open());
        Button token = new Button(
                "New token",
                new Glyph(Glyph.Shape.PLUS),
                event -> AccessDialogs.newToken(presenter).open());
        actions().add(password, token);
        tokenColumns();
        userColumns();
        bindingColumns();
        add(panel("You", self, tokens));
        add(guarded(
                "Users",
                Permission.USER_READ,
                action("New user", Permission.USER_WRITE, () -> AccessDialogs.newUser(presenter)),
                users));
        add(guarded(
                "Who holds which role",
                Permission.ROLE_BINDING_READ,
                action("Give a role", Permission.ROLE_BINDING_WRITE, () -> AccessDialogs.bind(presenter)),
                bindings));
    }

    /** The panel, or why there is none. */
    private Component guarded(String title, Permission permission, Component action, Component content) {
        return presenter
                .refusal(permission)
                .<Component>map(reason -> panel(title, new Paragraph(reason)))
                .orElseGet(() -> panel(title, box("panel-action", action), content));
    }

    private Button action(String text, Permission permission, java.util.function.Supplier<Dialog> dialog) {
        Button button = new Button(
                text, new Glyph(Glyph.Shape.PLUS), event -> dialog.get().open());
        presenter.refusal(permission).ifPresent(reason -> {
            button.setEnabled(false);
            button.getElement().setAttribute("title", reason);
        });
        return button;
    }

    private static <T> Grid<T> grid(String label, String empty) {
        Grid<T> grid = new Grid<>();
        grid.addClassName("rows");
        grid.addThemeName("no-border");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(true);
        grid.getElement().setAttribute("aria-label", label);
        grid.setEmptyStateComponent(new EmptyState(empty));
        return grid;
    }

    private void tokenColumns() {
        tokens.addColumn(TokenView::name).setHeader("Token").setFlexGrow(2).setWidth("120px");
        tokens.addColumn(AccessView::limit).setHeader("Limit").setFlexGrow(2).setWidth("120px");
        tokens.addComponentColumn(token -> new TimeText(token.createdAt()))
                .setHeader("Made")
                .setFlexGrow(1)
                .setWidth("110px");
        tokens.addComponentColumn(token -> {
                    Instant expires = token.expiresAt();
                    return expires == null ? new Span("never") : new TimeText(expires);
                })
                .setHeader("Expires")
                .setFlexGrow(1)
                .setWidth("110px");
        tokens.addComponentColumn(token -> confirmed(
                        "Revoke",
                        "Revoke the token " + token.name() + "?",
                        "Whatever uses it is refused from then on.",
                        "",
                        () -> presenter.revokeToken(token)))
                .setFlexGrow(0)
                .setWidth("110px");
    }

    private static String limit(TokenView token) {
        List<String> permissions = token.permissions();
        String what = permissions == null ? "" : String.join(", ", permissions);
        return what + (token.namespace() == null ? "" : " in " + token.namespace());
    }

    private void userColumns() {
        String refusal = presenter.refusal(Permission.USER_WRITE).orElse("");
        users.addColumn(UserView::name).setHeader("User").setFlexGrow(1).setWidth("120px");
        users.addColumn(user -> String.join(", ", user.roles()))
                .setHeader("Grid-wide roles")
                .setFlexGrow(2)
                .setWidth("140px");
        users.addComponentColumn(user ->
                        new StateText(user.enabled() ? Mood.GOOD : Mood.IDLE, user.enabled() ? "Enabled" : "Disabled"))
                .setHeader("State")
                .setFlexGrow(0)
                .setWidth("120px");
        users.addComponentColumn(user -> box(
                        "row-actions",
                        user.enabled()
                                ? confirmed(
                                        "Disable",
                                        "Disable " + user.name() + "?",
                                        "All sessions of " + user.name() + " end at once, open pages too, and all"
                                                + " tokens are revoked.",
                                        refusal,
                                        () -> presenter.enable(user.name(), false))
                                : confirmed(
                                        "Enable",
                                        "Enable " + user.name() + "?",
                                        "The password is the one it was; tokens stay revoked.",
                                        refusal,
                                        () -> presenter.enable(user.name(), true)),
                        confirmed(
                                "New password",
                                "Set a new password for " + user.name() + "?",
                                "It is made here and shown once. All sessions end, and all tokens are revoked.",
                                refusal,
                                () -> presenter.resetPassword(user.name())),
                        confirmed(
                                "Delete",
                                "Delete " + user.name() + "?",
                                "With roles, sessions and tokens. What the user made stays.",
                                refusal,
                                () -> presenter.deleteUser(user.name()))))
                .setFlexGrow(0)
                .setWidth("330px");
    }

    private void bindingColumns() {
        String refusal = presenter.refusal(Permission.ROLE_BINDING_WRITE).orElse("");
        bindings.addColumn(binding -> binding.subject().name())
                .setHeader("Who")
                .setFlexGrow(1)
                .setWidth("120px");
        bindings.addColumn(binding ->
                        binding.subject().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .setHeader("Kind")
                .setFlexGrow(0)
                .setWidth("130px");
        bindings.addColumn(RoleBindingView::role)
                .setHeader("Role")
                .setFlexGrow(1)
                .setWidth("130px");
        bindings.addColumn(binding -> binding.namespace() == null ? "the whole grid" : binding.namespace())
                .setHeader("Where")
                .setFlexGrow(1)
                .setWidth("130px");
        bindings.addComponentColumn(binding -> confirmed(
                        "Take away",
                        "Take " + binding.role() + " from " + binding.subject().name() + "?",
                        "It acts at once, on open pages and streams too.",
                        refusal,
                        () -> presenter.unbind(binding)))
                .setFlexGrow(0)
                .setWidth("130px");
    }

    private static Button confirmed(String verb, String title, String change, String refusal, Runnable work) {
        Button button = new Button(
                verb, event -> AccessDialogs.confirm(title, verb, change, work).open());
        if (!refusal.isEmpty()) {
            button.setEnabled(false);
            button.getElement().setAttribute("title", refusal);
        }
        return button;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        presenter.start();
    }

    @Override
    public void self(IdentityView who, List<TokenView> owned) {
        self.removeAll();
        self.add(new Paragraph(
                who.name() + " · " + (who.roles().isEmpty() ? "no role" : String.join(", ", who.roles()))));
        tokens.setItems(owned);
    }

    @Override
    public void users(List<UserView> all) {
        users.setItems(all);
    }

    @Override
    public void bindings(List<RoleBindingView> all) {
        bindings.setItems(all);
    }

    @Override
    public void secret(String title, String explanation, String secret) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(title);
        dialog.setWidth("560px");
        Pre text = new Pre(secret);
        text.addClassNames("mono", "token");
        text.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", title);
        Button copy = new Button("Copy", new Glyph(Glyph.Shape.COPY));
        copy.getElement().executeJs("this.addEventListener('click', () => navigator.clipboard.writeText($0))", secret);
        dialog.add(new Paragraph(explanation), text);
        dialog.getFooter().add(copy, new Button("Close", event -> dialog.close()));
        dialog.open();
    }

    @Override
    public void done(String sentence) {
        Tell.done(sentence);
    }

    @Override
    public void problem(String sentence) {
        Tell.problem(sentence);
    }

    @Override
    public void signedOut() {
        UI.getCurrent().getPage().setLocation("/login");
    }
}
