package dev.warpgrid.server.rest;

import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.api.TokenView;
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
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The caller's access tokens. */
@Singleton
@Path("/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {
    private final IdentityService identity;

    @Inject
    public TokensResource(IdentityService identity) {
        this.identity = identity;
    }

    /**
     * @param name what it is for
     * @param validFor for example {@code 30d}; a year where it is left out
     * @param permissions the only ones the token has; all of its owner's where it is left out
     * @param namespace the only one the token works in; all of its owner's where it is left out
     */
    public record NewToken(
            String name,
            @Nullable String validFor,
            @Nullable List<String> permissions,
            @Nullable String namespace) {
        @Nullable
        Duration life() {
            return validFor == null ? null : Durations.read("/validFor", validFor);
        }

        TokenLimit limit() {
            return new TokenLimit(permissions, namespace);
        }
    }

    @GET
    @Operation(operationId = "listTokens", summary = "The caller's tokens, oldest first")
    @Extension(name = "x-permission", value = "none")
    public List<TokenView> list(@Context SecurityContext security) {
        return identity.tokens(Callers.of(security));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(operationId = "createToken", summary = "A new token, whose secret is shown this once")
    @APIResponse(
            responseCode = "201",
            description = "The token",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    @Extension(name = "x-permission", value = "none")
    public Response create(@Context SecurityContext security, NewToken body) {
        return Response.status(201)
                .entity(identity.createToken(Callers.of(security), body.name(), body.life(), body.limit()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeToken", summary = "Revokes a token of the caller, at once")
    @APIResponse(responseCode = "204", description = "Revoked")
    @Extension(name = "x-permission", value = "none")
    public void revoke(@Context SecurityContext security, @PathParam("id") String id) {
        identity.revokeToken(Callers.of(security), id);
    }
}
