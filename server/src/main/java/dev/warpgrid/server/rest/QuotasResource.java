package dev.warpgrid.server.rest;

import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.Quota;
import dev.warpgrid.api.QuotaService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
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

/** What namespaces hold and may hold. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class QuotasResource {
    private final QuotaService quotas;

    @Inject
    public QuotasResource(QuotaService quotas) {
        this.quotas = quotas;
    }

    @GET
    @Path("/usage")
    @Operation(operationId = "listUsage", summary = "What each namespace holds of what it may, by name")
    @Extension(name = "x-permission", value = "namespace:read")
    public List<NamespaceUsage> list(@Context SecurityContext security) {
        return quotas.list(Callers.of(security));
    }

    @GET
    @Path("/namespaces/{namespace}/usage")
    @Operation(operationId = "getUsage", summary = "What the namespace holds of what it may")
    @Extension(name = "x-permission", value = "namespace:read")
    public NamespaceUsage get(@Context SecurityContext security, @PathParam("namespace") String namespace) {
        return quotas.get(Callers.of(security), namespace);
    }

    @PUT
    @Path("/namespaces/{namespace}/quota")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setQuota",
            summary = "What the namespace may hold from now on; what is left out has no limit",
            description = "A quota below what is held takes nothing away; it only lets nothing more in.")
    @Extension(name = "x-permission", value = "namespace:write")
    public NamespaceUsage set(@Context SecurityContext security, @PathParam("namespace") String namespace, Quota body) {
        return quotas.setQuota(Callers.of(security), namespace, body);
    }
}
