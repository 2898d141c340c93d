package dev.warpgrid.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's own identity. */
public interface IdentityService {
    List<TokenView> tokens(Caller caller);

    /** @param validFor null for one year, which is also the longest */
    TokenView createToken(Caller caller, String name, @Nullable Duration validFor);

    void revokeToken(Caller caller, String id);
}
