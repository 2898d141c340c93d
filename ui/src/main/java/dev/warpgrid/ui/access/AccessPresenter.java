package dev.warpgrid.ui.access;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.RoleService;
import dev.warpgrid.api.RoleView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserService;
import dev.warpgrid.api.UserView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Who may do what? Reads anew after each change; nothing here changes by itself often enough to be followed. */
final class AccessPresenter {
    private final IdentityService identity;
    private final UserService users;
    private final RoleService roles;
    private final Supplier<Caller> user;
    private final Screen screen;

    /** What the presenter shows on. */
    interface Screen {
        void self(IdentityView self, List<TokenView> tokens);

        void users(List<UserView> users);

        void bindings(List<RoleBindingView> bindings);

        /** A secret that is seen this once. */
        void secret(String title, String explanation, String secret);

        void done(String sentence);

        void problem(String sentence);

        /** The caller has to sign in again. */
        void signedOut();
    }

    AccessPresenter(
            IdentityService identity, UserService users, RoleService roles, Supplier<Caller> user, Screen screen) {
        this.identity = identity;
        this.users = users;
        this.roles = roles;
        this.user = user;
        this.screen = screen;
    }

    void start() {
        attempt(() -> {
            Caller caller = user.get();
            screen.self(identity.whoAmI(caller), identity.tokens(caller));
            if (caller.may(Permission.USER_READ)) {
                screen.users(users.list(caller));
            }
            if (caller.maySomewhere(Permission.ROLE_BINDING_READ)) {
                screen.bindings(roles.bindings(caller, null));
            }
        });
    }

    /** Why the caller may not; empty where it may, in some namespace at least. */
    Optional<String> refusal(Permission permission) {
        return user.get().maySomewhere(permission)
                ? Optional.empty()
                : Optional.of("This needs the permission " + permission.text()
                        + ", which your roles do not hold: ask an administrator.");
    }

    List<String> roleNames() {
        return user.get().maySomewhere(Permission.ROLE_READ)
                ? roles.roles(user.get()).stream().map(RoleView::name).toList()
                : List.of();
    }

    void createUser(String name, String role) {
        attempt(() -> {
            UserView made = users.create(user.get(), name.strip(), role.isEmpty() ? List.of() : List.of(role), null);
            secretOf(made, "made");
            start();
        });
    }

    void resetPassword(String name) {
        attempt(() -> {
            secretOf(users.resetPassword(user.get(), name, null), "set");
            start();
        });
    }

    private void secretOf(UserView changed, String verb) {
        String password = changed.password();
        if (password != null) {
            screen.secret(
                    "Password of " + changed.name(),
                    "It was " + verb + " just now and is shown only here: hand it over, and let it be changed.",
                    password);
        }
    }

    void enable(String name, boolean enabled) {
        change(
                () -> users.update(user.get(), name, enabled, null),
                enabled
                        ? name + " may sign in again."
                        : name + " is disabled: sessions have ended and tokens are revoked.");
    }

    void deleteUser(String name) {
        change(() -> users.delete(user.get(), name), name + " is deleted.");
    }

    /** @param namespace empty binds grid-wide */
    void bind(String role, Subject.Kind kind, String name, String namespace) {
        change(
                () -> roles.bind(
                        user.get(),
                        role,
                        new Subject(kind, name.strip()),
                        namespace.isBlank() ? null : namespace.strip()),
                name.strip() + " holds " + role
                        + (namespace.isBlank() ? " grid-wide." : " in " + namespace.strip() + "."));
    }

    void unbind(RoleBindingView binding) {
        change(
                () -> roles.unbind(user.get(), binding.id()),
                binding.subject().name() + " holds " + binding.role() + " no longer.");
    }

    void createToken(String name) {
        attempt(() -> {
            TokenView token = identity.createToken(user.get(), name, null, TokenLimit.none());
            screen.secret(
                    "Token " + token.name(),
                    "It may what you may, for a year or until it is revoked, and is shown only here.",
                    Objects.requireNonNullElse(token.secret(), ""));
            start();
        });
    }

    void revokeToken(TokenView token) {
        change(() -> identity.revokeToken(user.get(), token.id()), "The token " + token.name() + " is revoked.");
    }

    void changePassword(String present, String next) {
        attempt(() -> {
            users.changePassword(user.get(), present, next);
            screen.signedOut();
        });
    }

    private void change(Runnable work, String sentence) {
        attempt(() -> {
            work.run();
            screen.done(sentence);
            start();
        });
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (ApiException e) {
            screen.problem(Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }
}
