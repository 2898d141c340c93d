package dev.warpgrid.server.dashboard;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Role;
import dev.warpgrid.ui.SignedInUser;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The user of the request that runs, as the container's authentication found it a moment ago; a user disabled in the
 * meantime is nobody.
 */
@Singleton
public class RequestUser implements SignedInUser {
    private final HttpServletRequest request;

    /** @param request stands for whichever request runs on the calling thread */
    @Inject
    public RequestUser(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public Caller caller() {
        if (request.getUserPrincipal() == null) {
            throw new ApiException(ErrorCode.UNAUTHENTICATED, "Your session has ended: sign in again.");
        }
        return new Caller(
                request.getUserPrincipal().getName(),
                Arrays.stream(Role.values())
                        .filter(role -> request.isUserInRole(role.name()))
                        .collect(Collectors.toSet()));
    }
}
