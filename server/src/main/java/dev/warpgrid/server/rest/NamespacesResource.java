package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.NamespaceView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
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

    @Inject
    public NamespacesResource(GridService grid) {
        this.grid = grid;
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
        return grid.namespaces(Callers.of(security)).stream()
                .filter(view -> view.name().equals(namespace))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("namespace", namespace));
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
}
