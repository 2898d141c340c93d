package dev.warpgrid.server.identity;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.StoreFaults;
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

/** Access tokens {@code warp_ID_SECRET}. A token may what its owner may at the moment of use. */
@Singleton
@StoreFaults
@Transactional
public class AccessTokens implements IdentityService {
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
    private final Clock clock;

    @Inject
    public AccessTokens(TokenStore tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public List<TokenView> tokens(Caller caller) {
        Access.requireKnown(caller);
        return tokens.ownedBy(caller.name(), clock.instant()).stream()
                .map(token -> view(token, null))
                .toList();
    }

    @Override
    public TokenView createToken(Caller caller, String name, @Nullable Duration validFor) {
        Access.requireKnown(caller);
        if (name.isBlank() || name.length() > MAXIMUM_NAME) {
            throw ApiException.invalid(
                    "/name", "A token's name holds 1 to " + MAXIMUM_NAME + " characters: say what it is for.");
        }
        Duration life = validFor == null ? LONGEST : validFor;
        if (!life.isPositive() || life.compareTo(LONGEST) > 0) {
            throw ApiException.invalid(
                    "/validFor", "A token is valid for more than nothing and at most " + LONGEST.toDays() + "d.");
        }
        return issue(caller.name(), name, life);
    }

    /** Ends all of the owner's. */
    public void revokeAll(String owner) {
        tokens.revokeAll(owner, clock.instant());
    }

    /** For a user who has just shown the password; needs no permission, because it gives none. */
    public TokenView issueForLogin(String owner) {
        return issue(owner, "login", LOGIN);
    }

    private TokenView issue(String owner, String name, Duration life) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        tokens.forgetEnded(now.minus(KEPT_AFTER_END));
        if (tokens.ownedBy(owner, now).size() >= MAXIMUM_TOKENS) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "\"" + owner + "\" has " + MAXIMUM_TOKENS + " tokens already: revoke one first.");
        }
        String secret = Secrets.text(SECRET_BYTES);
        StoredToken token = new StoredToken(
                Secrets.hexadecimal(ID_BYTES), name, owner, Secrets.sha256(secret), now, now.plus(life), null);
        tokens.insert(token);
        return view(token, "warp_" + token.id() + "_" + secret);
    }

    @Override
    public void revokeToken(Caller caller, String id) {
        Access.requireKnown(caller);
        StoredToken token = tokens.find(id)
                .filter(found -> found.owner().equals(caller.name()) && found.revokedAt() == null)
                .orElseThrow(() -> ApiException.notFound("token", id));
        tokens.revoke(token.id(), clock.instant());
    }

    /** Whose token it is; empty where it is none of ours, revoked or expired. */
    public Optional<String> owner(String text) {
        Matcher match = TOKEN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        return tokens.find(match.group(1))
                .filter(token -> Secrets.same(token.secretSha256(), Secrets.sha256(match.group(2))))
                .filter(token -> token.revokedAt() == null && token.expiresAt().isAfter(clock.instant()))
                .map(StoredToken::owner);
    }

    private static TokenView view(StoredToken token, @Nullable String secret) {
        return new TokenView(token.id(), token.name(), token.owner(), token.createdAt(), token.expiresAt(), secret);
    }
}
