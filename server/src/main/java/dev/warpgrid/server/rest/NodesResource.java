package dev.warpgrid.server.rest;

import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
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

/** Nodes, and the tokens that let new ones join. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {
    private static final String DEFAULT_VALIDITY = "1h";

    private final NodeService nodes;

    @Inject
    public NodesResource(NodeService nodes) {
        this.nodes = nodes;
    }

    /** @param validFor for example {@code 1h}, the default */
    public record NewJoinToken(@Nullable String validFor) {}

    @GET
    @Path("/nodes")
    @Operation(operationId = "listNodes", summary = "All nodes")
    @Extension(name = "x-permission", value = "node:read")
    public List<NodeView> list(@Context SecurityContext security) {
        return nodes.list(Callers.of(security));
    }

    @GET
    @Path("/nodes/{id}")
    @Operation(operationId = "getNode", summary = "One node")
    @Extension(name = "x-permission", value = "node:read")
    public NodeView get(@Context SecurityContext security, @PathParam("id") String id) {
        return nodes.get(Callers.of(security), id);
    }

    @DELETE
    @Path("/nodes/{id}")
    @Operation(operationId = "deleteNode", summary = "Forgets a node that is not connected")
    @APIResponse(responseCode = "204", description = "Forgotten")
    @Extension(name = "x-permission", value = "node:write")
    public void delete(@Context SecurityContext security, @PathParam("id") String id) {
        nodes.delete(Callers.of(security), id);
    }

    @POST
    @Path("/join-tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(operationId = "createJoinToken", summary = "A token that lets one node join, once")
    @APIResponse(
            responseCode = "201",
            description = "The token, shown this once",
            content = @Content(schema = @Schema(implementation = JoinTokenView.class)))
    @Extension(name = "x-permission", value = "join-token:write")
    public Response createJoinToken(@Context SecurityContext security, NewJoinToken body) {
        String validFor = body.validFor() == null ? DEFAULT_VALIDITY : body.validFor();
        return Response.status(201)
                .entity(nodes.createJoinToken(Callers.of(security), Durations.read("/validFor", validFor)))
                .build();
    }
}
