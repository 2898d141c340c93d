package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.server.identity.AccessTokens;
import dev.warpgrid.server.identity.IdentityMode;
import dev.warpgrid.server.identity.LocalUsers;
import dev.warpgrid.server.identity.Login;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** A token for a name and a password, in local mode. */
@Singleton
@Path("/login")
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {
    private final LocalUsers users;
    private final AccessTokens tokens;

    @Inject
    public LoginResource(LocalUsers users, AccessTokens tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    /** Name and password. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @SecretAnswer
    @Operation(operationId = "login", summary = "A token for the command line, for a name and a password")
    @APIResponse(
            responseCode = "201",
            description = "The token, whose secret is shown this once",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    @Extension(name = "x-permission", value = "none")
    public Response login(@Context HttpServletRequest request, Credentials body) {
        if (IdentityMode.current() != IdentityMode.LOCAL) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND, "This grid has no passwords of its own: sign in at its identity provider.");
        }
        return switch (users.signIn(body.user(), body.password().toCharArray(), request.getRemoteAddr())) {
            case Login.SignedIn user ->
                Response.status(201).entity(tokens.issueForLogin(user.name())).build();
            case Login.Refused refused ->
                throw new ApiException(
                        ErrorCode.UNAUTHENTICATED, "Name or password is wrong: check both and try again.");
            case Login.Wait wait ->
                throw new ApiException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "There were too many wrong passwords for this name: wait "
                                + (wait.time().toSeconds() + 1) + " s and try again.");
        };
    }
}
