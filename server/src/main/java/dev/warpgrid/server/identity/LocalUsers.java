package dev.warpgrid.server.identity;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.UserService;
import dev.warpgrid.server.access.GrantDirectory;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.UserStore;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The users of local mode. Every request asks anew who its user is, through a cache too short to matter. */
@Singleton
@StoreFaults
public class LocalUsers {
    static final int MAXIMUM_NAME = 64;
    /** How long a disabled user may go on. */
    static final Duration CACHE = Duration.ofSeconds(1);

    private static final int MAXIMUM_CACHED = 10_000;
    private static final System.Logger LOG = System.getLogger(LocalUsers.class.getName());

    private record Cached(Optional<StoredUser> user, Instant readAt) {}

    private final UserStore users;
    private final PasswordHash hash;
    private final AuditTrail trail;
    private final GrantDirectory directory;
    private final Transactions transactions;
    private final Clock clock;
    private final LoginThrottle throttle = new LoginThrottle();
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();
    /** Verified against where there is no such user, so that an answer takes as long as for one. */
    private @Nullable String noUsersHash;

    @Inject
    public LocalUsers(
            UserStore users,
            PasswordHash hash,
            AuditTrail trail,
            GrantDirectory directory,
            Transactions transactions,
            Clock clock) {
        this.users = users;
        this.hash = hash;
        this.trail = trail;
        this.directory = directory;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param origin where the attempt comes from */
    public Login signIn(String name, char[] password, String origin) {
        Login login = login(name, password);
        if (login instanceof Login.SignedIn) {
            // A wrong one is only logged: whoever is not known must not be able to fill the trail.
            trail.done(
                    new Caller(name, Caller.Kind.USER, origin, Grants::none), "session.login", null, name, null, null);
        }
        return login;
    }

    Login login(String name, char[] password) {
        if (name.isEmpty() || name.length() > MAXIMUM_NAME || password.length > UserService.MAXIMUM_PASSWORD) {
            return new Login.Refused();
        }
        Duration wait = throttle.wait(name, clock.instant());
        if (wait.isPositive()) {
            return new Login.Wait(wait);
        }
        Optional<StoredUser> user = transactions.call(() -> users.find(name));
        boolean right = hash.verify(password, user.map(StoredUser::passwordHash).orElseGet(this::noUsersHash));
        if (user.isEmpty() || !right || !user.get().enabled()) {
            throttle.failed(name, clock.instant());
            LOG.log(Level.INFO, "A login was refused for the name \"{0}\".", name.replaceAll("[^\\w.@-]", "?"));
            return new Login.Refused();
        }
        throttle.succeeded(name);
        return new Login.SignedIn(name, user.get().version());
    }

    private synchronized String noUsersHash() {
        if (noUsersHash == null) {
            noUsersHash = hash.generate(Secrets.text(16).toCharArray());
        }
        return noUsersHash;
    }

    /** Whether there is such a user who is not disabled. */
    boolean isEnabled(String name) {
        return read(name).isPresent();
    }

    /** As {@link #isEnabled}, and the user has not changed since {@code version}. */
    boolean isCurrent(String name, long version) {
        return read(name).filter(user -> user.version() == version).isPresent();
    }

    /** Who has a session of the user's version; empty where that is over. */
    Optional<Caller> caller(String name, long version, String origin) {
        if (!isCurrent(name, version)) {
            return Optional.empty();
        }
        Subject subject = new Subject(Subject.Kind.USER, name);
        return Optional.of(new Caller(
                name,
                Caller.Kind.USER,
                origin,
                directory.live(subject, List.of(), () -> isCurrent(name, version), Grants.all())));
    }

    /** On this server a change acts with its commit; the others' caches run out. */
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) UserChanged change) {
        cache.remove(change.name());
        directory.forget();
    }

    private Optional<StoredUser> read(String name) {
        Instant now = clock.instant();
        Cached known = cache.get(name);
        if (known == null || known.readAt().plus(CACHE).isBefore(now)) {
            known = new Cached(transactions.call(() -> users.find(name)), now);
            if (cache.size() >= MAXIMUM_CACHED) {
                cache.clear();
            }
            cache.put(name, known);
        }
        return known.user().filter(StoredUser::enabled);
    }
}
