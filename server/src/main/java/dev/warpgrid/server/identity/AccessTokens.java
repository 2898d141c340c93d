package dev.warpgrid.server.identity;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.server.access.GrantDirectory;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.StoredToken;
import dev.warpgrid.server.store.TokenStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens {@code warp_ID_SECRET} of users and service accounts. A token may what its owner may at the moment of use,
 * within its own limit. Checks no permission: who may have a token made is a matter of the services.
 */
@Singleton
@StoreFaults
@Transactional
public class AccessTokens {
    static final Duration LONGEST = Duration.ofDays(365);
    /** Of a token that a login with a password makes. */
    static final Duration LOGIN = Duration.ofDays(30);

    static final int MAXIMUM_TOKENS = 100;
    static final int MAXIMUM_NAME = 100;
    private static final Duration KEPT_AFTER_END = Duration.ofDays(30);
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("warp_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    private final TokenStore tokens;
    private final LocalUsers users;
    private final GrantDirectory directory;
    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public AccessTokens(
            TokenStore tokens, LocalUsers users, GrantDirectory directory, Transactions transactions, Clock clock) {
        this.tokens = tokens;
        this.users = users;
        this.directory = directory;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Neither revoked nor expired, oldest first. */
    public List<TokenView> of(Subject owner) {
        return tokens.ownedBy(owner, clock.instant()).stream()
                .map(token -> view(token, null))
                .toList();
    }

    /** @param validFor null for {@link #LONGEST} */
    public TokenView create(Subject owner, String name, @Nullable Duration validFor, TokenLimit limit) {
        if (name.isBlank() || name.length() > MAXIMUM_NAME) {
            throw ApiException.invalid(
                    "/name", "A token's name holds 1 to " + MAXIMUM_NAME + " characters: say what it is for.");
        }
        Duration life = validFor == null ? LONGEST : validFor;
        if (!life.isPositive() || life.compareTo(LONGEST) > 0) {
            throw ApiException.invalid(
                    "/validFor", "A token is valid for more than nothing and at most " + LONGEST.toDays() + "d.");
        }
        return issue(owner, name, life, limit);
    }

    /** For a user who has just shown the password. */
    public TokenView issueForLogin(String user) {
        return issue(new Subject(Subject.Kind.USER, user), "login", LOGIN, TokenLimit.none());
    }

    private TokenView issue(Subject owner, String name, Duration life, TokenLimit limit) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        tokens.forgetEnded(now.minus(KEPT_AFTER_END));
        if (tokens.ownedBy(owner, now).size() >= MAXIMUM_TOKENS) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "\"" + owner.name() + "\" has " + MAXIMUM_TOKENS + " tokens already: revoke one first.");
        }
        String secret = Secrets.text(SECRET_BYTES);
        StoredToken token = new StoredToken(
                Secrets.hexadecimal(ID_BYTES), name, owner, Secrets.sha256(secret), limit, now, now.plus(life), null);
        tokens.insert(token);
        return view(token, "warp_" + token.id() + "_" + secret);
    }

    /** One of the owner's. */
    public void revoke(Subject owner, String id) {
        StoredToken token = tokens.find(id)
                .filter(found -> found.owner().equals(owner) && found.revokedAt() == null)
                .orElseThrow(() -> ApiException.notFound("token", id));
        tokens.revoke(token.id(), clock.instant());
        directory.forget();
    }

    /** Ends all of the owner's. */
    public void revokeAll(Subject owner) {
        tokens.revokeAll(owner, clock.instant());
        directory.forget();
    }

    /** Whom a token stands for; nobody where it is none of ours, revoked or expired, or its owner is shut out. */
    Optional<Caller> caller(String text, String address) {
        Matcher match = TOKEN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        return tokens.find(match.group(1))
                .filter(token -> Secrets.same(token.secretSha256(), Secrets.sha256(match.group(2))))
                .filter(this::isGood)
                .map(token -> caller(token, address + " with token " + token.id()));
    }

    private Caller caller(StoredToken token, String origin) {
        Subject owner = token.owner();
        Caller.Kind kind = token.limit().limits()
                ? Caller.Kind.LIMITED_TOKEN
                : switch (owner.kind()) {
                    case USER -> Caller.Kind.USER;
                    case SERVICE_ACCOUNT -> Caller.Kind.SERVICE_ACCOUNT;
                    case GROUP -> throw new IllegalStateException("Groups own no tokens.");
                };
        Grants limit = token.limit().limits() ? token.limit().asGrants() : Grants.all();
        return new Caller(
                owner.name(), kind, origin, directory.live(owner, List.of(), () -> isStillGood(token.id()), limit));
    }

    private boolean isStillGood(String id) {
        return transactions.call(() -> tokens.find(id)).filter(this::isGood).isPresent();
    }

    private boolean isGood(StoredToken token) {
        return token.revokedAt() == null
                && token.expiresAt().isAfter(clock.instant())
                && (token.owner().kind() != Subject.Kind.USER
                        || users.isEnabled(token.owner().name()));
    }

    /** For the audit trail, without the secret. */
    static TokenView traced(TokenView token) {
        return new TokenView(
                token.id(),
                token.name(),
                token.owner(),
                token.createdAt(),
                token.expiresAt(),
                null,
                token.permissions(),
                token.namespace());
    }

    private static TokenView view(StoredToken token, @Nullable String secret) {
        return new TokenView(
                token.id(),
                token.name(),
                token.owner().name(),
                token.createdAt(),
                token.expiresAt(),
                secret,
                token.limit().permissions(),
                token.limit().namespace());
    }
}
