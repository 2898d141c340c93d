package dev.warpgrid.server.rest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Deployments of all namespaces. */
@Singleton
@Path("/deployments")
public class AllDeploymentsResource {
    private final DeploymentLists lists;

    @Inject
    public AllDeploymentsResource(DeploymentLists lists) {
        this.lists = lists;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            operationId = "listAllDeployments",
            summary = "Deployments of all namespaces; or with watch=true each as it changes",
            description = DeploymentLists.WATCH)
    @APIResponse(
            responseCode = "200",
            description = "A page of deployments, or server-sent events",
            content = @Content(schema = @Schema(implementation = DeploymentLists.DeploymentPage.class)))
    @Extension(name = "x-permission", value = "deployment:read")
    public void list(
            @Context SecurityContext security,
            @BeanParam ListParameters parameters,
            @QueryParam("watch") @DefaultValue("false") boolean watch,
            @Suspended AsyncResponse answer) {
        lists.answer(security, "*", parameters, watch, answer);
    }
}
