package dev.warpgrid.server.dashboard;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.server.identity.RequestCallers;
import dev.warpgrid.ui.SignedInUser;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The user of the request that runs, as authentication found it a moment ago; a user disabled in the meantime is nobody,
 * and holds nothing where a page still has the caller of an earlier request.
 */
@Singleton
public class RequestUser implements SignedInUser {
    private final HttpServletRequest request;
    private final RequestCallers callers;

    /** @param request stands for whichever request runs on the calling thread */
    @Inject
    public RequestUser(HttpServletRequest request, RequestCallers callers) {
        this.request = request;
        this.callers = callers;
    }

    @Override
    public Caller caller() {
        return callers.of(request)
                .orElseThrow(
                        () -> new ApiException(ErrorCode.UNAUTHENTICATED, "Your session has ended: sign in again."));
    }
}
