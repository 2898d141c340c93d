package dev.warpgrid.server.rest;

import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.QuotaService;
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

/** What all namespaces hold and may hold. */
@Singleton
@Path("/usage")
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {
    private final QuotaService quotas;

    @Inject
    public UsageResource(QuotaService quotas) {
        this.quotas = quotas;
    }

    @GET
    @Operation(operationId = "listUsage", summary = "What each namespace holds of what it may, by name")
    @Extension(name = "x-permission", value = "namespace:read")
    public List<NamespaceUsage> list(@Context SecurityContext security) {
        return quotas.list(Callers.of(security));
    }
}
