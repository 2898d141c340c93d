package dev.warpgrid.agent.supervise;

import dev.warpgrid.model.Digest;
import java.io.IOException;

/** Brings an artifact into the node's store. */
@FunctionalInterface
public interface ArtifactSource {
    /**
     * Blocks until it is stored and its digest was checked.
     *
     * @throws IOException when it cannot be had now; the caller tries again later
     */
    void fetch(Digest digest, long bytes) throws IOException;
}
