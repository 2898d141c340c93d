package dev.warpgrid.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's own identity. */
public interface IdentityService {
    IdentityView whoAmI(Caller caller);

    /**
     * Whether the caller may do something.
     *
     * @param permission as people write it, for example {@code deployment:write}
     * @param namespace null asks grid-wide
     */
    AccessAnswer canI(Caller caller, String permission, @Nullable String namespace);

    List<TokenView> tokens(Caller caller);

    /**
     * Only for users, and not with a limited token, which could free itself by it.
     *
     * @param validFor null for one year, which is also the longest
     */
    TokenView createToken(Caller caller, String name, @Nullable Duration validFor, TokenLimit limit);

    void revokeToken(Caller caller, String id);
}
