package dev.warpgrid.server.rest;

import dev.warpgrid.api.GridService;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.NamespaceView;
import dev.warpgrid.api.Quota;
import dev.warpgrid.api.QuotaService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Namespaces. */
@Singleton
@Path("/namespaces")
@Produces(MediaType.APPLICATION_JSON)
public class NamespacesResource {
    private final GridService grid;
    private final QuotaService quotas;

    @Inject
    public NamespacesResource(GridService grid, QuotaService quotas) {
        this.grid = grid;
        this.quotas = quotas;
    }

    @GET
    @Operation(operationId = "listNamespaces", summary = "All namespaces, by name")
    @Extension(name = "x-permission", value = "namespace:read")
    public List<NamespaceView> list(@Context SecurityContext security) {
        return grid.namespaces(Callers.of(security));
    }

    @GET
    @Path("/{namespace}")
    @Operation(operationId = "getNamespace", summary = "One namespace")
    @Extension(name = "x-permission", value = "namespace:read")
    public NamespaceView get(@Context SecurityContext security, @PathParam("namespace") String namespace) {
        return grid.namespace(Callers.of(security), namespace);
    }

    @PUT
    @Path("/{namespace}")
    @Operation(operationId = "createNamespace", summary = "Makes sure that the namespace is there")
    @Extension(name = "x-permission", value = "namespace:write")
    public NamespaceView create(@Context SecurityContext security, @PathParam("namespace") String namespace) {
        return grid.createNamespace(Callers.of(security), namespace);
    }

    @DELETE
    @Path("/{namespace}")
    @Operation(operationId = "deleteNamespace", summary = "Deletes the namespace, once nothing is in it")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "namespace:write")
    public void delete(@Context SecurityContext security, @PathParam("namespace") String namespace) {
        grid.deleteNamespace(Callers.of(security), namespace);
    }

    @GET
    @Path("/{namespace}/usage")
    @Operation(operationId = "getUsage", summary = "What the namespace holds of what it may")
    @Extension(name = "x-permission", value = "namespace:read")
    public NamespaceUsage usage(@Context SecurityContext security, @PathParam("namespace") String namespace) {
        return quotas.get(Callers.of(security), namespace);
    }

    @PUT
    @Path("/{namespace}/quota")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setQuota",
            summary = "What the namespace may hold from now on; what is left out has no limit",
            description = "A quota below what is held takes nothing away; it only lets nothing more in.")
    @Extension(name = "x-permission", value = "namespace:write")
    public NamespaceUsage setQuota(
            @Context SecurityContext security, @PathParam("namespace") String namespace, Quota body) {
        return quotas.setQuota(Callers.of(security), namespace, body);
    }
}
