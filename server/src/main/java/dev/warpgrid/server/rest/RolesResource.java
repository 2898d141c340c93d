package dev.warpgrid.server.rest;

import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.RoleService;
import dev.warpgrid.api.RoleView;
import dev.warpgrid.api.Subject;
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
import jakarta.ws.rs.QueryParam;
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

/** Roles, and to whom they are bound. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class RolesResource {
    private final RoleService roles;

    @Inject
    public RolesResource(RoleService roles) {
        this.roles = roles;
    }

    /** @param permissions for example {@code deployment:write} */
    public record RoleDefinition(@Nullable String description, List<String> permissions) {}

    /** @param namespace grid-wide where it is left out */
    public record NewRoleBinding(
            String role, Subject subject, @Nullable String namespace) {}

    @GET
    @Path("/roles")
    @Operation(operationId = "listRoles", summary = "The built-in roles, then the grid's own, by name")
    @Extension(name = "x-permission", value = "role:read")
    public List<RoleView> list(@Context SecurityContext security) {
        return roles.roles(Callers.of(security));
    }

    @PUT
    @Path("/roles/{role}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putRole",
            summary = "Makes or replaces a role of the grid's own, of permissions that the caller holds")
    @Extension(name = "x-permission", value = "role:write")
    public RoleView put(@Context SecurityContext security, @PathParam("role") String role, RoleDefinition body) {
        return roles.putRole(
                Callers.of(security), role, body.description() == null ? "" : body.description(), body.permissions());
    }

    @DELETE
    @Path("/roles/{role}")
    @Operation(operationId = "deleteRole", summary = "Deletes a role of the grid's own, once it is bound nowhere")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "role:write")
    public void delete(@Context SecurityContext security, @PathParam("role") String role) {
        roles.deleteRole(Callers.of(security), role);
    }

    @GET
    @Path("/role-bindings")
    @Operation(
            operationId = "listRoleBindings",
            summary = "Who holds which role where, as far as the caller may see it")
    @Extension(name = "x-permission", value = "role-binding:read")
    public List<RoleBindingView> bindings(
            @Context SecurityContext security, @QueryParam("namespace") @Nullable String namespace) {
        return roles.bindings(Callers.of(security), namespace);
    }

    @POST
    @Path("/role-bindings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createRoleBinding",
            summary = "Gives a role whose permissions the caller holds; the same again is no error")
    @APIResponse(
            responseCode = "201",
            description = "The binding",
            content = @Content(schema = @Schema(implementation = RoleBindingView.class)))
    @Extension(name = "x-permission", value = "role-binding:write")
    public Response bind(@Context SecurityContext security, NewRoleBinding body) {
        return Response.status(201)
                .entity(roles.bind(Callers.of(security), body.role(), body.subject(), body.namespace()))
                .build();
    }

    @DELETE
    @Path("/role-bindings/{id}")
    @Operation(operationId = "deleteRoleBinding", summary = "Takes a role away, at once")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "role-binding:write")
    public void unbind(@Context SecurityContext security, @PathParam("id") String id) {
        roles.unbind(Callers.of(security), id);
    }
}
