package dev.warpgrid.server.rest;

import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;

/** How the newest revision of a deployment takes over. */
@Singleton
@Path("/namespaces/{namespace}/deployments/{name}/rollout")
@Produces(MediaType.APPLICATION_JSON)
public class RolloutResource {
    private final RolloutService rollouts;

    @Inject
    public RolloutResource(RolloutService rollouts) {
        this.rollouts = rollouts;
    }

    @GET
    @Operation(operationId = "getRollout", summary = "How the newest revision takes over, or took over")
    @Extension(name = "x-permission", value = "deployment:read")
    public RolloutView rollout(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.rollout(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/pause")
    @Operation(operationId = "pauseRollout", summary = "Lets the rollout stay where it is until it is resumed")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView pause(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.pause(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/resume")
    @Operation(operationId = "resumeRollout", summary = "Lets a paused rollout go on")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView resume(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.resume(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/promote")
    @Operation(
            operationId = "promoteRollout",
            summary = "Goes on without waiting: the next step, the switch, the next batch")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView promote(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("wholly") @DefaultValue("false") boolean wholly) {
        return rollouts.promote(Callers.of(security), namespace, name, wholly);
    }

    @POST
    @Path("/abort")
    @Operation(operationId = "abortRollout", summary = "Gives the new revision up; the former one serves again")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView abort(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.abort(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/retry")
    @Operation(operationId = "retryRollout", summary = "Tries a revision again that was given up")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView retry(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.retry(Callers.of(security), namespace, name);
    }
}
