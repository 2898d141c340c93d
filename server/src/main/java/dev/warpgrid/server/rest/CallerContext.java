package dev.warpgrid.server.rest;

import dev.warpgrid.api.Caller;
import dev.warpgrid.server.identity.RequestCallers;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/** Puts the caller, with what the caller holds, in the place of the container's bare name. */
@Provider
@Priority(Priorities.AUTHENTICATION - 1)
public class CallerContext implements ContainerRequestFilter {
    @Inject
    private RequestCallers callers;

    @Context
    @SuppressWarnings("NullAway.Init") // set by the container
    private HttpServletRequest request;

    /** A caller as the container knows callers. */
    record Known(Caller caller) implements Principal {
        @Override
        public String getName() {
            return caller.name();
        }
    }

    private record Security(Known known, SecurityContext container) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return known;
        }

        /** What somebody may is never a matter of the container's roles. */
        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return container.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return container.getAuthenticationScheme();
        }
    }

    @Override
    public void filter(ContainerRequestContext context) {
        callers.of(request)
                .ifPresent(caller ->
                        context.setSecurityContext(new Security(new Known(caller), context.getSecurityContext())));
    }
}
