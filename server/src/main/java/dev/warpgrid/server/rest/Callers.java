package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import jakarta.ws.rs.core.SecurityContext;

/** Who asks, whatever let them in. */
final class Callers {
    private Callers() {}

    static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof CallerContext.Known known) {
            return known.caller();
        }
        throw new ApiException(
                ErrorCode.UNAUTHENTICATED,
                "The request names nobody: send an access token as \"Authorization: Bearer warp_...\".");
    }
}
