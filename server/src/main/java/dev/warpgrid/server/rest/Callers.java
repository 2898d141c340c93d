package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Who asks, whatever let them in: the container knows the name, and the roles as groups. */
final class Callers {
    private Callers() {}

    static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() == null) {
            throw new ApiException(
                    ErrorCode.UNAUTHENTICATED,
                    "The request names nobody: send an access token as \"Authorization: Bearer warp_...\".");
        }
        return new Caller(
                security.getUserPrincipal().getName(),
                Arrays.stream(Role.values())
                        .filter(role -> security.isUserInRole(role.name()))
                        .collect(Collectors.toSet()));
    }
}
