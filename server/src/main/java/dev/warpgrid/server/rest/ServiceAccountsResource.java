package dev.warpgrid.server.rest;

import dev.warpgrid.api.ServiceAccountService;
import dev.warpgrid.api.ServiceAccountView;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Service accounts of a namespace and their tokens. */
@Singleton
@Path("/namespaces/{namespace}/service-accounts")
@Produces(MediaType.APPLICATION_JSON)
public class ServiceAccountsResource {
    private final ServiceAccountService accounts;

    @Inject
    public ServiceAccountsResource(ServiceAccountService accounts) {
        this.accounts = accounts;
    }

    /** A service account to be. */
    public record NewServiceAccount(String name, @Nullable String description) {}

    @GET
    @Operation(operationId = "listServiceAccounts", summary = "The namespace's service accounts, by name")
    @Extension(name = "x-permission", value = "service-account:read")
    public List<ServiceAccountView> list(@Context SecurityContext security, @PathParam("namespace") String namespace) {
        return accounts.list(Callers.of(security), namespace);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createServiceAccount", summary = "A new service account, without any role or token")
    @APIResponse(
            responseCode = "201",
            description = "The service account",
            content = @Content(schema = @Schema(implementation = ServiceAccountView.class)))
    @Extension(name = "x-permission", value = "service-account:write")
    public Response create(
            @Context SecurityContext security, @PathParam("namespace") String namespace, NewServiceAccount body) {
        return Response.status(201)
                .entity(accounts.create(
                        Callers.of(security),
                        namespace,
                        body.name(),
                        body.description() == null ? "" : body.description()))
                .build();
    }

    @DELETE
    @Path("/{account}")
    @Operation(
            operationId = "deleteServiceAccount",
            summary = "Deletes the service account, with its tokens and bindings")
    @APIResponse(responseCode = "204", description = "Deleted")
    @Extension(name = "x-permission", value = "service-account:write")
    public void delete(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("account") String account) {
        accounts.delete(Callers.of(security), namespace, account);
    }

    @GET
    @Path("/{account}/tokens")
    @Operation(operationId = "listServiceAccountTokens", summary = "The service account's tokens, oldest first")
    @Extension(name = "x-permission", value = "service-account:read")
    public List<TokenView> tokens(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("account") String account) {
        return accounts.tokens(Callers.of(security), namespace, account);
    }

    @POST
    @Path("/{account}/tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(
            operationId = "createServiceAccountToken",
            summary = "A new token of the service account, whose secret is shown this once",
            description = "The caller must hold what the token will: whoever has it acts as the account.")
    @APIResponse(
            responseCode = "201",
            description = "The token",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    @Extension(name = "x-permission", value = "service-account:write")
    public Response createToken(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("account") String account,
            TokensResource.NewToken body) {
        return Response.status(201)
                .entity(accounts.createToken(
                        Callers.of(security), namespace, account, body.name(), body.life(), body.limit()))
                .build();
    }

    @DELETE
    @Path("/{account}/tokens/{id}")
    @Operation(operationId = "revokeServiceAccountToken", summary = "Revokes a token of the service account, at once")
    @APIResponse(responseCode = "204", description = "Revoked")
    @Extension(name = "x-permission", value = "service-account:write")
    public void revokeToken(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("account") String account,
            @PathParam("id") String id) {
        accounts.revokeToken(Callers.of(security), namespace, account, id);
    }
}
