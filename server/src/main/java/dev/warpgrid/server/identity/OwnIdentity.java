package dev.warpgrid.server.identity;

import dev.warpgrid.api.AccessAnswer;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Audited;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.store.AccessStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What everybody may ask about themselves, and the tokens they make for themselves. */
@Singleton
@StoreFaults
@Transactional
public class OwnIdentity implements IdentityService {
    private final AccessTokens tokens;
    private final AccessStore access;
    private final AuditTrail trail;

    @Inject
    public OwnIdentity(AccessTokens tokens, AccessStore access, AuditTrail trail) {
        this.tokens = tokens;
        this.access = access;
        this.trail = trail;
    }

    @Override
    public IdentityView whoAmI(Caller caller) {
        Access.requireKnown(caller);
        SortedMap<String, List<String>> permissions = new TreeMap<>();
        caller.grants()
                .byPlace()
                .forEach((place, held) -> permissions.put(
                        place, held.stream().map(Permission::text).toList()));
        List<String> roles = access.bindingsOf(subject(caller), List.of()).stream()
                .map(binding -> binding.role() + (binding.namespace() == null ? "" : " in " + binding.namespace()))
                .sorted()
                .toList();
        return new IdentityView(caller.name(), caller.kind(), roles, permissions);
    }

    @Override
    public AccessAnswer canI(Caller caller, String permission, @Nullable String namespace) {
        Access.requireKnown(caller);
        Permission wanted = Permission.of(permission)
                .orElseThrow(() -> ApiException.invalid(
                        "/permission",
                        "There is no permission \"" + permission + "\": write it as in deployment:read."));
        String place = namespace == null ? Grants.EVERYWHERE : namespace;
        boolean allowed = caller.may(wanted, place);
        String where = namespace == null ? " grid-wide" : " in the namespace \"" + namespace + "\"";
        return new AccessAnswer(
                allowed,
                wanted.text(),
                namespace,
                "\"" + caller.name() + "\" " + (allowed ? "holds " : "does not hold ") + wanted.text() + where + ".");
    }

    @Override
    public List<TokenView> tokens(Caller caller) {
        Access.requireKnown(caller);
        return tokens.of(subject(caller));
    }

    @Override
    @Audited(value = "token.create", resource = 1)
    public TokenView createToken(Caller caller, String name, @Nullable Duration validFor, TokenLimit limit) {
        Access.requireKnown(caller);
        if (caller.kind() != Caller.Kind.USER) {
            throw new ApiException(
                    ErrorCode.PERMISSION_DENIED,
                    "Neither a limited token nor a service account makes tokens for itself: sign in as a user, or ask"
                            + " whoever manages the service account.");
        }
        Grants most = limit.asGrants();
        if (limit.permissions() != null) {
            Access.requireCover(caller, most, "the token");
        }
        TokenView token = tokens.create(subject(caller), name, validFor, limit);
        trail.done(caller, "token.create", null, token.id(), null, AccessTokens.traced(token));
        return token;
    }

    @Override
    @Audited(value = "token.revoke", resource = 1)
    public void revokeToken(Caller caller, String id) {
        Access.requireKnown(caller);
        tokens.revoke(subject(caller), id);
        trail.done(caller, "token.revoke", null, id, Map.of("id", id), null);
    }

    /** A service account's name has a slash, and no user's can. */
    private static Subject subject(Caller caller) {
        return new Subject(
                caller.name().indexOf('/') >= 0 ? Subject.Kind.SERVICE_ACCOUNT : Subject.Kind.USER, caller.name());
    }
}
