package dev.warpgrid.server.identity;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserService;
import dev.warpgrid.api.UserView;
import dev.warpgrid.server.access.Administrators;
import dev.warpgrid.server.access.GrantDirectory;
import dev.warpgrid.server.access.StoredRoles;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Audited;
import dev.warpgrid.server.service.EventRecorder;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredBinding;
import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.UserStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Users of local mode. Not transactional as a whole: a password's hash takes long, and needs no connection meanwhile. */
@Singleton
@StoreFaults
public class LocalUserAccounts implements UserService {
    private static final int PASSWORD_BYTES = 18;
    private static final List<String> PASSWORD_ENDS =
            List.of("UserPasswordReset", "UserPasswordChanged", "UserDeleted");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?");

    private final UserStore users;
    private final AccessStore access;
    private final StoredRoles bindings;
    private final GrantDirectory directory;
    private final Administrators administrators;
    private final LocalUsers logins;
    private final AccessTokens tokens;
    private final PasswordHash hash;
    private final Transactions transactions;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Event<UserChanged> changed;
    private final Clock clock;

    @Inject
    public LocalUserAccounts(
            UserStore users,
            AccessStore access,
            StoredRoles bindings,
            GrantDirectory directory,
            Administrators administrators,
            LocalUsers logins,
            AccessTokens tokens,
            PasswordHash hash,
            Transactions transactions,
            EventRecorder events,
            AuditTrail trail,
            Event<UserChanged> changed,
            Clock clock) {
        this.users = users;
        this.access = access;
        this.bindings = bindings;
        this.directory = directory;
        this.administrators = administrators;
        this.logins = logins;
        this.tokens = tokens;
        this.hash = hash;
        this.transactions = transactions;
        this.events = events;
        this.trail = trail;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public List<UserView> list(Caller caller) {
        Access.require(caller, Permission.USER_READ);
        requireLocalMode();
        return transactions.call(() -> {
            Map<String, List<String>> roles = new HashMap<>();
            for (StoredBinding binding : access.bindings()) {
                if (binding.subject().kind() == Subject.Kind.USER && binding.namespace() == null) {
                    roles.computeIfAbsent(binding.subject().name(), _ -> new ArrayList<>())
                            .add(binding.role());
                }
            }
            return users.all().stream()
                    .map(user -> view(user, roles.getOrDefault(user.name(), List.of()), null))
                    .toList();
        });
    }

    @Override
    public UserView get(Caller caller, String name) {
        Access.require(caller, Permission.USER_READ);
        requireLocalMode();
        return transactions.call(() ->
                view(users.find(name).orElseThrow(() -> ApiException.notFound("user", name)), null));
    }

    @Override
    @Audited(value = "user.create", resource = 1)
    public UserView create(Caller caller, String name, List<String> roles, @Nullable String password) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        if (!NAME.matcher(name).matches() || name.equals(Caller.system().name())) {
            throw ApiException.invalid(
                    "/name",
                    "The name \"" + name + "\" cannot be a user's: use 1 to 64 lower-case letters, digits and . _ @ -,"
                            + " with a letter or digit at both ends, and not \""
                            + Caller.system().name() + "\".");
        }
        String chosen = chosen(name, password);
        String hashed = hash.generate(chosen.toCharArray());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // The version is the time, so that no session of a deleted user of this name can be this one's.
        StoredUser user = new StoredUser(name, hashed, true, now.toEpochMilli(), now);
        transactions.run(() -> {
            if (users.count() >= MAXIMUM_USERS) {
                throw new ApiException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "A grid has at most " + MAXIMUM_USERS + " users: delete one first.");
            }
            if (!users.insert(user)) {
                throw new ApiException(
                        ErrorCode.CONFLICT, "There is a user \"" + name + "\" already: choose another name.");
            }
            bindings.replaceGridWide(subject(name), roles, caller);
            trail.done(caller, "user.create", null, name, null, view(user, null));
            tell(caller, name, "UserCreated", "created the user " + name);
        });
        return transactions.call(() -> view(user, password == null ? chosen : null));
    }

    @Override
    @Audited(value = "user.update", resource = 1)
    public UserView update(Caller caller, String name, @Nullable Boolean enabled, @Nullable List<String> roles) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        return transactions.call(() -> {
            access.lock();
            StoredUser before = existing(name);
            requireNoMore(caller, name);
            UserView shownBefore = view(before, null);
            List<String> held = gridWide(name);
            boolean otherRoles = roles != null && !new HashSet<>(held).equals(new HashSet<>(roles));
            if (roles != null && otherRoles) {
                bindings.replaceGridWide(subject(name), roles, caller);
                users.endSessions(name);
            }
            boolean switched = enabled != null && enabled != before.enabled();
            if (enabled != null && switched) {
                users.setEnabled(name, enabled);
                if (!enabled) {
                    tokens.revokeAll(subject(name));
                    administrators.requireOne();
                }
            }
            UserView after = view(existing(name), null);
            if (otherRoles || switched) {
                trail.done(caller, "user.update", null, name, shownBefore, after);
            }
            if (otherRoles) {
                tell(caller, name, "UserRolesChanged", "changed the roles of the user " + name);
            }
            if (switched) {
                tell(
                        caller,
                        name,
                        after.enabled() ? "UserEnabled" : "UserDisabled",
                        (after.enabled() ? "enabled" : "disabled") + " the user " + name);
            }
            return after;
        });
    }

    @Override
    @Audited(value = "user.password.reset", resource = 1)
    public UserView resetPassword(Caller caller, String name, @Nullable String password) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        transactions.run(() -> {
            existing(name);
            requireNoMore(caller, name);
        });
        String chosen = chosen(name, password);
        String hashed = hash.generate(chosen.toCharArray());
        return transactions.call(() -> {
            access.lock();
            existing(name);
            requireNoMore(caller, name);
            setPassword(name, hashed);
            trail.done(caller, "user.password.reset", null, name, null, null);
            tell(caller, name, "UserPasswordReset", "set a new password for the user " + name);
            return view(existing(name), password == null ? chosen : null);
        });
    }

    @Override
    @Audited(value = "user.delete", resource = 1)
    public void delete(Caller caller, String name) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        transactions.run(() -> {
            access.lock();
            UserView before = view(existing(name), null);
            requireNoMore(caller, name);
            users.delete(name);
            tokens.revokeAll(subject(name));
            access.deleteBindingsOf(subject(name));
            administrators.requireOne();
            trail.done(caller, "user.delete", null, name, before, null);
            tell(caller, name, "UserDeleted", "deleted the user " + name);
        });
    }

    @Override
    @Audited("user.password.change")
    public TokenView changePassword(Caller caller, String present, String next) {
        Access.requireKnown(caller);
        requireLocalMode();
        PasswordRules.check("/next", caller.name(), next);
        switch (logins.login(caller.name(), present.toCharArray())) {
            case Login.SignedIn known -> {
                // What follows.
            }
            case Login.Refused refused ->
                throw ApiException.invalid("/present", "The present password is another: type it again.");
            case Login.Wait wait ->
                throw new ApiException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "There were too many wrong passwords for this name: wait "
                                + (wait.time().toSeconds() + 1) + " s and try again.");
        }
        if (next.equals(present)) {
            throw ApiException.invalid("/next", "The new password is the present one: choose another.");
        }
        String hashed = hash.generate(next.toCharArray());
        return transactions.call(() -> {
            existing(caller.name());
            setPassword(caller.name(), hashed);
            trail.done(caller, "user.password.change", null, caller.name(), null, null);
            tell(caller, caller.name(), "UserPasswordChanged", "chose a new password");
            return tokens.issueForLogin(caller.name());
        });
    }

    private void setPassword(String name, String hashed) {
        users.setPassword(name, hashed);
        tokens.revokeAll(subject(name));
    }

    private StoredUser existing(String name) {
        return users.lock(name).orElseThrow(() -> ApiException.notFound("user", name));
    }

    /** Whoever could change a more powerful user's password or enablement would soon be that user. */
    private void requireNoMore(Caller caller, String name) {
        Access.requireCover(caller, directory.held(subject(name), List.of()), "the user \"" + name + "\"");
    }

    private List<String> gridWide(String name) {
        return access.bindingsOf(subject(name), List.of()).stream()
                .filter(binding -> binding.namespace() == null)
                .map(StoredBinding::role)
                .sorted()
                .toList();
    }

    private static Subject subject(String name) {
        return new Subject(Subject.Kind.USER, name);
    }

    private static void requireLocalMode() {
        if (!IdentityMode.current().isLocal()) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND, "This grid has no users of its own: manage them at its identity provider.");
        }
    }

    private static String chosen(String name, @Nullable String password) {
        if (password == null) {
            return Secrets.text(PASSWORD_BYTES);
        }
        PasswordRules.check("/password", name, password);
        return password;
    }

    private void tell(Caller caller, String name, String reason, String did) {
        events.record(NewEvent.of(INFO, reason, caller.name() + " " + did + "."));
        changed.fire(new UserChanged(name, PASSWORD_ENDS.contains(reason)));
    }

    private UserView view(StoredUser user, @Nullable String password) {
        return view(user, gridWide(user.name()), password);
    }

    private static UserView view(StoredUser user, List<String> roles, @Nullable String password) {
        return new UserView(user.name(), roles, user.enabled(), user.createdAt(), password);
    }
}
