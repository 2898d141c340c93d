package dev.warpgrid.server.rest;

import dev.warpgrid.api.UserService;
import dev.warpgrid.api.UserView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The users of the grid's own, in local mode. */
@Singleton
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
    private final UserService users;

    @Inject
    public UsersResource(UserService users) {
        this.users = users;
    }

    /** @param password one is made and shown this once where it is left out */
    public record NewUser(
            String name, List<String> roles, @Nullable String password) {
        @Override
        public String toString() {
            return "NewUser[" + name + "]";
        }
    }

    /** What is left out stays as it is. */
    public record UserChange(
            @Nullable Boolean enabled, @Nullable List<String> roles) {}

    /** @param password one is made and shown this once where it is left out */
    public record PasswordReset(@Nullable String password) {
        @Override
        public String toString() {
            return "PasswordReset[]";
        }
    }

    @GET
    @Operation(operationId = "listUsers", summary = "All users, by name")
    @Extension(name = "x-permission", value = "user:read")
    public List<UserView> list(@Context SecurityContext security) {
        return users.list(Callers.of(security));
    }

    @GET
    @Path("/{user}")
    @Operation(operationId = "getUser", summary = "One user")
    @Extension(name = "x-permission", value = "user:read")
    public UserView get(@Context SecurityContext security, @PathParam("user") String user) {
        return users.get(Callers.of(security), user);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(operationId = "createUser", summary = "A new user; a password made here is shown this once")
    @APIResponse(
            responseCode = "201",
            description = "The user",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    @Extension(name = "x-permission", value = "user:write")
    public Response create(@Context SecurityContext security, NewUser body) {
        return Response.status(201)
                .entity(users.create(Callers.of(security), body.name(), body.roles(), body.password()))
                .build();
    }

    @PUT
    @Path("/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "updateUser",
            summary = "Enables or disables the user, or gives other roles; ends the user's sessions")
    @Extension(name = "x-permission", value = "user:write")
    public UserView update(@Context SecurityContext security, @PathParam("user") String user, UserChange body) {
        return users.update(Callers.of(security), user, body.enabled(), body.roles());
    }

    @POST
    @Path("/{user}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(
            operationId = "resetUserPassword",
            summary = "A new password for the user; ends the user's sessions and revokes the tokens")
    @APIResponse(
            responseCode = "201",
            description = "The user",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    @Extension(name = "x-permission", value = "user:write")
    public Response resetPassword(
            @Context SecurityContext security, @PathParam("user") String user, PasswordReset body) {
        return Response.status(201)
                .entity(users.resetPassword(Callers.of(security), user, body.password()))
                .build();
    }

    @DELETE
    @Path("/{user}")
    @Operation(operationId = "deleteUser", summary = "Deletes the user, with sessions and tokens")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "user:write")
    public void delete(@Context SecurityContext security, @PathParam("user") String user) {
        users.delete(Callers.of(security), user);
    }
}
