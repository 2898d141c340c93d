package dev.warpgrid.server.rest;

import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;

/** Instances of all namespaces. */
@Singleton
@Path("/instances")
@Produces(MediaType.APPLICATION_JSON)
public class AllInstancesResource {
    private final InstanceService instances;

    @Inject
    public AllInstancesResource(InstanceService instances) {
        this.instances = instances;
    }

    @GET
    @Operation(operationId = "listAllInstances", summary = "Instances of all namespaces")
    @Extension(name = "x-permission", value = "instance:read")
    public List<InstanceView> all(@Context SecurityContext security) {
        return instances.list(Callers.of(security), "*", null);
    }
}
