package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyOptions;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Page;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
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

/** Deployments of a namespace. */
@Singleton
@Path("/namespaces/{namespace}/deployments")
@Produces(MediaType.APPLICATION_JSON)
public class DeploymentsResource {
    private final DeploymentService deployments;
    private final RolloutService rollouts;
    private final DeploymentLists lists;

    @Inject
    public DeploymentsResource(DeploymentService deployments, RolloutService rollouts, DeploymentLists lists) {
        this.deployments = deployments;
        this.rollouts = rollouts;
        this.lists = lists;
    }

    /** @param revision the earlier one to bring back; without it the one that served before the present one */
    public record Rollback(@Nullable Integer revision) {}

    /** A page of revisions as the document describes it. */
    record RevisionPage(List<RevisionView> items, @Nullable String cursor, long total) {}

    /** @param instances how many to keep running */
    public record Scale(int instances) {}

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            operationId = "listDeployments",
            summary = "Deployments of the namespace, by name; or with watch=true each as it changes",
            description = DeploymentLists.WATCH)
    @APIResponse(
            responseCode = "200",
            description = "A page of deployments, or server-sent events",
            content = @Content(schema = @Schema(implementation = DeploymentLists.DeploymentPage.class)))
    @Extension(name = "x-permission", value = "deployment:read")
    public void list(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @BeanParam ListParameters parameters,
            @QueryParam("watch") @DefaultValue("false") boolean watch,
            @Suspended AsyncResponse answer) {
        lists.answer(security, namespace, parameters, watch, answer);
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getDeployment", summary = "One deployment; ETag is its version")
    @APIResponse(
            responseCode = "200",
            description = "The deployment",
            content = @Content(schema = @Schema(implementation = Deployment.class)))
    @Extension(name = "x-permission", value = "deployment:read")
    public Response get(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        Deployment found = deployments.get(Callers.of(security), namespace, name);
        return EntityTags.tagged(Response.ok(found), found).build();
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "applyDeployment",
            summary = "Creates the deployment, or makes it what the body says",
            description =
                    "Applying the same again changes nothing. With dryRun everything is checked and nothing changed.")
    @APIResponse(
            responseCode = "200",
            description = "Updated or unchanged, or what a dry run would do",
            content = @Content(schema = @Schema(implementation = ApplyResult.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = ApplyResult.class)))
    @Extension(name = "x-permission", value = "deployment:write")
    public Response apply(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            Deployment body) {
        ApplyOptions options =
                new ApplyOptions(EntityTags.ifMatch(ifMatch), EntityTags.createOnly(ifNoneMatch), dryRun);
        return EntityTags.applied(
                deployments.apply(Callers.of(security), named(namespace, name, body), options), dryRun);
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteDeployment", summary = "Deletes the deployment and stops its instances")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "deployment:delete")
    public void delete(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        deployments.delete(Callers.of(security), namespace, name, EntityTags.ifMatch(ifMatch));
    }

    @POST
    @Path("/{name}/scale")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "scaleDeployment", summary = "A new revision with another number of instances")
    @APIResponse(
            responseCode = "200",
            description = "Updated or unchanged",
            content = @Content(schema = @Schema(implementation = ApplyResult.class)))
    @Extension(name = "x-permission", value = "deployment:write")
    public Response scale(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            Scale body) {
        return EntityTags.applied(deployments.scale(Callers.of(security), namespace, name, body.instances()), false);
    }

    @POST
    @Path("/{name}/restart")
    @Operation(operationId = "restartDeployment", summary = "Replaces every instance, one after the other")
    @APIResponse(responseCode = "204", description = "Asked for")
    @Extension(name = "x-permission", value = "instance:restart")
    public void restart(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        deployments.restart(Callers.of(security), namespace, name);
    }

    @GET
    @Path("/{name}/metrics")
    @Operation(operationId = "getDeploymentMetrics", summary = "Requests, errors, latency and memory over time")
    @Extension(name = "x-permission", value = "metric:read")
    public MetricsWindow metrics(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("seconds") @DefaultValue("300") int seconds) {
        return deployments.metrics(Callers.of(security), namespace, name, seconds);
    }

    /** The path names the deployment; a body that names another is a mistake. */
    private static Deployment named(String namespace, String name, Deployment body) {
        Metadata given = body.metadata();
        if (!given.name().equals(name)) {
            throw ApiException.invalid(
                    "/metadata/name",
                    "The body names the deployment \"" + given.name() + "\" and the path \"" + name
                            + "\": make them the same.");
        }
        if (given.namespace() != null && !given.namespace().equals(namespace)) {
            throw ApiException.invalid(
                    "/metadata/namespace",
                    "The body names the namespace \"" + given.namespace() + "\" and the path \"" + namespace
                            + "\": make them the same.");
        }
        return new Deployment(
                new Metadata(name, namespace, given.labels(), given.annotations(), null, null, null, null),
                body.spec(),
                null);
    }

    @GET
    @Path("/{name}/rollouts")
    @Operation(operationId = "listRollouts", summary = "The last 50 rollouts, the newest first")
    @Extension(name = "x-permission", value = "deployment:read")
    public List<RolloutView> rollouts(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        return rollouts.rollouts(Callers.of(security), namespace, name);
    }

    @POST
    @Path("/{name}/rollback")
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
    @Path("/{name}/revisions")
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
