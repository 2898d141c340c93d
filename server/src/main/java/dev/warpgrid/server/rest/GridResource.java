package dev.warpgrid.server.rest;

import dev.warpgrid.api.AccessAnswer;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The grid as a whole, and who one is in it. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class GridResource {
    private final GridService grid;
    private final UserService users;
    private final IdentityService identity;

    @Inject
    public GridResource(GridService grid, UserService users, IdentityService identity) {
        this.grid = grid;
        this.users = users;
        this.identity = identity;
    }

    /** Both of the caller. */
    public record OwnPassword(String present, String next) {
        @Override
        public String toString() {
            return "OwnPassword[]";
        }
    }

    @GET
    @Path("/status")
    @Operation(operationId = "getStatus", summary = "How the whole grid is doing")
    @Extension(name = "x-permission", value = "node:read, deployment:read")
    public GridStatus status(@Context SecurityContext security) {
        return grid.status(Callers.of(security));
    }

    @GET
    @Path("/metrics")
    @Operation(operationId = "getMetrics", summary = "Measures of the whole grid over time")
    @Extension(name = "x-permission", value = "metric:read")
    public MetricsWindow metrics(
            @Context SecurityContext security, @QueryParam("seconds") @DefaultValue("300") int seconds) {
        return grid.metrics(Callers.of(security), seconds);
    }

    @GET
    @Path("/whoami")
    @Operation(operationId = "whoAmI", summary = "The caller's name, roles and permissions")
    @Extension(name = "x-permission", value = "none")
    public IdentityView whoAmI(@Context SecurityContext security) {
        return identity.whoAmI(Callers.of(security));
    }

    @GET
    @Path("/can-i")
    @Operation(
            operationId = "canI",
            summary = "Whether the caller holds a permission, in a namespace or, without one, grid-wide")
    @Extension(name = "x-permission", value = "none")
    public AccessAnswer canI(
            @Context SecurityContext security,
            @QueryParam("permission") @DefaultValue("") String permission,
            @QueryParam("namespace") @Nullable String namespace) {
        return identity.canI(Callers.of(security), permission, namespace);
    }

    @POST
    @Path("/whoami/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(
            operationId = "changeOwnPassword",
            summary = "Another password for the caller; ends all sessions and tokens of the caller")
    @APIResponse(
            responseCode = "201",
            description = "A new token in place of those that ended, whose secret is shown this once",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    @Extension(name = "x-permission", value = "none")
    public Response changePassword(@Context SecurityContext security, OwnPassword body) {
        return Response.status(201)
                .entity(users.changePassword(Callers.of(security), body.present(), body.next()))
                .build();
    }
}
