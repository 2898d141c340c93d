package dev.warpgrid.cli.client;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A grid to speak with.
 *
 * @param server for example {@code https://localhost:9443}, without a path
 * @param token {@code warp_ID_SECRET}; null asks without one
 * @param authority PEM file with the only certificates to trust; null trusts those of the JDK
 * @param source where this came from, for errors
 */
public record Target(
        URI server, @Nullable String token, @Nullable Path authority, String source) {
    /** The token and its secret must not reach a log by way of an error message. */
    @Override
    public String toString() {
        return server + " (" + source + ")";
    }
}
