package dev.warpgrid.server.rest;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Permission;
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
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The grid as a whole, and who one is in it. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class GridResource {
    private final GridService grid;
    private final UserService users;

    @Inject
    public GridResource(GridService grid, UserService users) {
        this.grid = grid;
        this.users = users;
    }

    /**
     * Who the caller is.
     *
     * @param permissions as people read them, for example {@code deployment:write}
     */
    public record Identity(String name, List<String> roles, List<String> permissions) {}

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
    public Identity whoAmI(@Context SecurityContext security) {
        Caller caller = Callers.of(security);
        return new Identity(
                caller.name(),
                caller.roles().stream().map(Enum::name).sorted().toList(),
                Arrays.stream(Permission.values())
                        .filter(caller::may)
                        .map(Permission::text)
                        .toList());
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
