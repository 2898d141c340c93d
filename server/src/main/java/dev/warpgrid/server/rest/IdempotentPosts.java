package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.server.service.KeptAnswers;
import dev.warpgrid.server.store.KeptAnswer;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A POST that carries an {@code Idempotency-Key} happens once: repeated, it gets the first answer. An answer with a secret
 * is not kept, so its repetition is refused; an upload is the same twice by itself and takes no key into account.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class IdempotentPosts implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String PROPERTY = "dev.warpgrid.idempotency";
    private static final String REPEATED = "Idempotent-Replay";

    @Inject
    private KeptAnswers answers;

    @Context
    @SuppressWarnings("NullAway.Init") // set by the container
    private ResourceInfo resource;

    private record Pending(String caller, String key, String requestSha256, boolean secret) {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        boolean upload =
                request.getMediaType() != null && request.getMediaType().isCompatible(Uploads.WASM_TYPE);
        if (key == null
                || upload
                || !request.getMethod().equals("POST")
                || request.getSecurityContext().getUserPrincipal() == null) {
            return;
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiException.invalid(
                    "/Idempotency-Key", "An Idempotency-Key holds 1 to 255 visible ASCII characters: make it a UUID.");
        }
        byte[] body = request.hasEntity() ? request.getEntityStream().readAllBytes() : new byte[0];
        request.setEntityStream(new ByteArrayInputStream(body));
        String caller = request.getSecurityContext().getUserPrincipal().getName();
        String hash = sha256(request.getUriInfo().getRequestUri().getPath(), body);
        Optional<KeptAnswer> known = answers.find(caller, key);
        if (known.isPresent()) {
            request.abortWith(repeat(known.get(), hash));
            return;
        }
        boolean secret = resource.getResourceMethod().isAnnotationPresent(SecretAnswer.class);
        request.setProperty(PROPERTY, new Pending(caller, key, hash, secret));
    }

    private static Response repeat(KeptAnswer known, String hash) {
        if (!known.requestSha256().equals(hash)) {
            throw new ApiException(
                    ErrorCode.CONFLICT, "This Idempotency-Key belongs to another request: make a new key.");
        }
        if (known.contentType() == null && known.body().length == 0 && known.status() == 201) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "This request was done already, and its answer held a secret that is shown once: revoke what it made"
                            + " and send a new one.");
        }
        Response.ResponseBuilder builder = Response.status(known.status()).header(REPEATED, "true");
        return known.contentType() == null
                ? builder.build()
                : builder.type(known.contentType()).entity(known.body()).build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(PROPERTY) instanceof Pending pending) || response.getStatus() >= 400) {
            return;
        }
        @Nullable Object entity = response.getEntity();
        boolean keepBody = entity != null && !pending.secret();
        byte[] body = keepBody && entity != null ? Json.write(entity) : new byte[0];
        answers.keep(
                pending.caller(),
                pending.key(),
                pending.requestSha256(),
                response.getStatus(),
                keepBody ? "application/json" : null,
                body);
    }

    private static String sha256(String path, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
