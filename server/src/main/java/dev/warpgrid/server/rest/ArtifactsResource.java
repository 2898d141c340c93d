package dev.warpgrid.server.rest;

import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.Page;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Artifacts of a namespace. */
@Singleton
@Path("/namespaces/{namespace}/artifacts")
@Produces(MediaType.APPLICATION_JSON)
public class ArtifactsResource {
    private final ArtifactService artifacts;

    @Inject
    public ArtifactsResource(ArtifactService artifacts) {
        this.artifacts = artifacts;
    }

    @GET
    @Operation(operationId = "listArtifacts", summary = "Artifacts of the namespace, by digest")
    @Extension(name = "x-permission", value = "artifact:read")
    public Page<ArtifactView> list(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @BeanParam ListParameters parameters) {
        return artifacts.list(Callers.of(security), namespace, parameters.query());
    }

    @POST
    @Consumes(Uploads.WASM)
    @Operation(
            operationId = "uploadArtifact",
            summary = "Uploads a component",
            description = "The same bytes again are no error. Up to 256 MiB.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = Uploads.WASM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "201",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = ArtifactView.class)))
    @Extension(name = "x-permission", value = "artifact:write")
    public Response upload(
            @Context SecurityContext security, @PathParam("namespace") String namespace, InputStream body) {
        ArtifactView kept = artifacts.upload(Callers.of(security), namespace, body);
        return Response.status(201)
                .tag(new EntityTag(kept.digest()))
                .entity(kept)
                .build();
    }

    @GET
    @Path("/{digest}")
    @Operation(operationId = "getArtifact", summary = "What an artifact imports, exports and needs")
    @APIResponse(
            responseCode = "200",
            description = "The artifact",
            content = @Content(schema = @Schema(implementation = ArtifactView.class)))
    @APIResponse(responseCode = "304", description = "The entity tag of If-None-Match is still right")
    @Extension(name = "x-permission", value = "artifact:read")
    public Response get(
            @Context SecurityContext security,
            @Context Request request,
            @PathParam("namespace") String namespace,
            @PathParam("digest") String digest) {
        ArtifactView found = artifacts.get(Callers.of(security), namespace, digest);
        EntityTag tag = new EntityTag(found.digest());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(found) : unchanged).tag(tag).build();
    }

    @DELETE
    @Path("/{digest}")
    @Operation(operationId = "deleteArtifact", summary = "Deletes an artifact that no deployment names")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "artifact:write")
    public void delete(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("digest") String digest) {
        artifacts.delete(Callers.of(security), namespace, digest);
    }
}
