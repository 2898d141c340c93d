package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Deployment;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Resource versions as entity tags. */
final class EntityTags {
    private EntityTags() {}

    /** @return the version, {@code *}, or null where the header is not there */
    static @Nullable String ifMatch(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.equals("*")) {
            return text;
        }
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"") && !text.contains(",")) {
            return text.substring(1, text.length() - 1);
        }
        throw ApiException.invalid(
                "/If-Match",
                "If-Match holds one entity tag in double quotes, or *: write it as the"
                        + " ETag header of the answer before had it.");
    }

    /** {@code If-None-Match: *} is the only form that a write understands. */
    static boolean createOnly(@Nullable String header) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals("*")) {
            return true;
        }
        throw ApiException.invalid("/If-None-Match", "On a write If-None-Match can only be *: it then only creates.");
    }

    static Response.ResponseBuilder tagged(Response.ResponseBuilder builder, Deployment deployment) {
        String version = deployment.metadata().resourceVersion();
        return version == null ? builder : builder.tag(new EntityTag(version));
    }

    static Response applied(ApplyResult result, boolean dryRun) {
        int status = result.outcome() == ApplyResult.Outcome.CREATED && !dryRun ? 201 : 200;
        Response.ResponseBuilder builder = Response.status(status).entity(result);
        return dryRun ? builder.build() : tagged(builder, result.deployment()).build();
    }
}
