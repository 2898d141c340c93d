package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** Rollouts and revisions of a deployment. */
@Singleton
@Path("/namespaces/{namespace}/deployments/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class RolloutsResource {
    private final RolloutService rollouts;

    @Inject
    public RolloutsResource(RolloutService rollouts) {
        this.rollouts = rollouts;
    }

    /** @param revision the earlier one to bring back; without it the one that served before the present one */
    public record Rollback(@Nullable Integer revision) {}

    /** A page of revisions as the document describes it. */
    record RevisionPage(List<RevisionView> items, @Nullable String cursor, long total) {}

    @GET
    @Path("/rollout")
    @Operation(operationId = "getRollout", summary = "How the newest revision takes over, or took over")
    @Extension(name = "x-permission", value = "deployment:read")
    public RolloutView rollout(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.rollout(Callers.of(security), namespace, name);
    }

    @GET
    @Path("/rollouts")
    @Operation(operationId = "listRollouts", summary = "The last 50 rollouts, the newest first")
    @Extension(name = "x-permission", value = "deployment:read")
    public List<RolloutView> rollouts(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.rollouts(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/rollout/pause")
    @Operation(operationId = "pauseRollout", summary = "Lets the rollout stay where it is until it is resumed")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView pause(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.pause(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/rollout/resume")
    @Operation(operationId = "resumeRollout", summary = "Lets a paused rollout go on")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView resume(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.resume(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/rollout/promote")
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
    @Path("/rollout/abort")
    @Operation(operationId = "abortRollout", summary = "Gives the new revision up; the former one serves again")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView abort(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.abort(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/rollout/retry")
    @Operation(operationId = "retryRollout", summary = "Tries a revision again that was given up")
    @Extension(name = "x-permission", value = "deployment:write")
    public RolloutView retry(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.retry(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rollbackDeployment",
            summary = "A new revision that asks for what an earlier one asked for",
            description = "Code, configuration, limits and routes come back; the number of instances stays as it is.")
    @APIResponse(
            responseCode = "200",
            description = "Updated",
            content = @Content(schema = @Schema(implementation = ApplyResult.class)))
    @Extension(name = "x-permission", value = "deployment:write")
    public Response rollback(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            Rollback body) {
        return EntityTags.applied(rollouts.rollback(Callers.of(security), namespace, name, body.revision()), false);
    }

    @GET
    @Path("/revisions")
    @Operation(operationId = "listRevisions", summary = "Revisions of the deployment, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of revisions",
            content = @Content(schema = @Schema(implementation = RevisionPage.class)))
    @Extension(name = "x-permission", value = "deployment:read")
    public Page<RevisionView> revisions(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("20") int limit) {
        return rollouts.revisions(Callers.of(security), namespace, name, cursor, limit);
    }
}
