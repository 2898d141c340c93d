package dev.warpgrid.server.identity;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Role;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserService;
import dev.warpgrid.api.UserView;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.EventRecorder;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.UserStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
    private final LocalUsers logins;
    private final AccessTokens tokens;
    private final PasswordHash hash;
    private final Transactions transactions;
    private final EventRecorder events;
    private final Event<UserChanged> changed;
    private final Clock clock;

    @Inject
    public LocalUserAccounts(
            UserStore users,
            LocalUsers logins,
            AccessTokens tokens,
            PasswordHash hash,
            Transactions transactions,
            EventRecorder events,
            Event<UserChanged> changed,
            Clock clock) {
        this.users = users;
        this.logins = logins;
        this.tokens = tokens;
        this.hash = hash;
        this.transactions = transactions;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public List<UserView> list(Caller caller) {
        Access.require(caller, Permission.USER_READ);
        requireLocalMode();
        return transactions.call(
                () -> users.all().stream().map(LocalUserAccounts::view).toList());
    }

    @Override
    public UserView get(Caller caller, String name) {
        Access.require(caller, Permission.USER_READ);
        requireLocalMode();
        return view(transactions.call(() -> users.find(name)).orElseThrow(() -> ApiException.notFound("user", name)));
    }

    @Override
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
        Set<Role> wanted = roles(roles);
        String chosen = chosen(name, password);
        String hashed = hash.generate(chosen.toCharArray());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // The version is the time, so that no session of a deleted user of this name can be this one's.
        StoredUser user = new StoredUser(name, hashed, wanted, true, now.toEpochMilli(), now);
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
            tell(caller, name, "UserCreated", "created the user " + name + " with " + named(wanted));
        });
        return shown(user, password == null ? chosen : null);
    }

    @Override
    public UserView update(Caller caller, String name, @Nullable Boolean enabled, @Nullable List<String> roles) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        Set<Role> wanted = roles == null ? null : roles(roles);
        return transactions.call(() -> {
            boolean losesAdministrator =
                    Boolean.FALSE.equals(enabled) || (wanted != null && !wanted.contains(Role.ADMIN));
            StoredUser before = losesAdministrator ? withoutLosingTheLastAdministrator(name) : existing(name);
            if (wanted != null && !wanted.equals(before.roles())) {
                users.setRoles(name, wanted);
                tell(caller, name, "UserRolesChanged", "gave the user " + name + " " + named(wanted));
            }
            if (enabled != null && enabled != before.enabled()) {
                users.setEnabled(name, enabled);
                if (!enabled) {
                    tokens.revokeAll(name);
                }
                tell(
                        caller,
                        name,
                        enabled ? "UserEnabled" : "UserDisabled",
                        (enabled ? "enabled" : "disabled") + " the user " + name);
            }
            return view(existing(name));
        });
    }

    @Override
    public UserView resetPassword(Caller caller, String name, @Nullable String password) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        transactions.run(() -> existing(name));
        String chosen = chosen(name, password);
        String hashed = hash.generate(chosen.toCharArray());
        return shown(
                transactions.call(() -> {
                    existing(name);
                    setPassword(name, hashed);
                    tell(caller, name, "UserPasswordReset", "set a new password for the user " + name);
                    return existing(name);
                }),
                password == null ? chosen : null);
    }

    @Override
    public void delete(Caller caller, String name) {
        Access.require(caller, Permission.USER_WRITE);
        requireLocalMode();
        transactions.run(() -> {
            withoutLosingTheLastAdministrator(name);
            users.delete(name);
            tokens.revokeAll(name);
            tell(caller, name, "UserDeleted", "deleted the user " + name);
        });
    }

    @Override
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
            tell(caller, caller.name(), "UserPasswordChanged", "chose a new password");
            return tokens.issueForLogin(caller.name());
        });
    }

    private void setPassword(String name, String hashed) {
        users.setPassword(name, hashed);
        tokens.revokeAll(name);
    }

    private StoredUser existing(String name) {
        return users.lock(name).orElseThrow(() -> ApiException.notFound("user", name));
    }

    /** Takes the administrators' locks first, in order, so that two of them cannot remove each other at once. */
    private StoredUser withoutLosingTheLastAdministrator(String name) {
        List<String> administrators = users.lockEnabledWith(Role.ADMIN);
        StoredUser user = existing(name);
        if (administrators.equals(List.of(name))) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "\"" + name + "\" is the last enabled administrator: make another user one first.");
        }
        return user;
    }

    private static void requireLocalMode() {
        if (!IdentityMode.current().isLocal()) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND, "This grid has no users of its own: manage them at its identity provider.");
        }
    }

    private static Set<Role> roles(List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Role role = EnumSet.allOf(Role.class).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (role == null) {
                throw ApiException.invalid(
                        "/roles/" + i,
                        "There is no role \"" + name + "\": use one of " + named(EnumSet.allOf(Role.class)) + ".");
            }
            roles.add(role);
        }
        return roles;
    }

    private static String named(Set<Role> roles) {
        return roles.isEmpty()
                ? "no role"
                : String.join(", ", roles.stream().map(Enum::name).sorted().toList());
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

    private static UserView view(StoredUser user) {
        return shown(user, null);
    }

    private static UserView shown(StoredUser user, @Nullable String password) {
        return new UserView(
                user.name(),
                user.roles().stream().map(Enum::name).sorted().toList(),
                user.enabled(),
                user.createdAt(),
                password);
    }
}
