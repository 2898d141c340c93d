package dev.warpgrid.server.rest;

import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.jspecify.annotations.Nullable;

/** Instances of a namespace, as agents report them. */
@Singleton
@Path("/namespaces/{namespace}/instances")
@Produces(MediaType.APPLICATION_JSON)
public class InstancesResource {
    private final InstanceService instances;

    @Inject
    public InstancesResource(InstanceService instances) {
        this.instances = instances;
    }

    @GET
    @Operation(operationId = "listInstances", summary = "Instances of the namespace, or of one deployment")
    @Extension(name = "x-permission", value = "instance:read")
    public List<InstanceView> list(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @QueryParam("deployment") @Nullable String deployment) {
        return instances.list(Callers.of(security), namespace, deployment);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getInstance", summary = "One instance")
    @Extension(name = "x-permission", value = "instance:read")
    public InstanceView get(
            @Context SecurityContext security, @PathParam("namespace") String namespace, @PathParam("id") String id) {
        return instances.get(Callers.of(security), namespace, id);
    }
}
