package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.model.ByteSize;
import jakarta.ws.rs.core.MediaType;

/** Bodies that are artifacts. */
final class Uploads {
    static final String WASM = "application/wasm";
    static final MediaType WASM_TYPE = new MediaType("application", "wasm");

    private Uploads() {}

    /** Refuses before the first byte what says itself that it is too large; -1 says nothing. */
    static void requireLength(long contentLength) {
        if (contentLength > ArtifactService.MAXIMUM_BYTES) {
            throw new ApiException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "An artifact holds at most " + new ByteSize(ArtifactService.MAXIMUM_BYTES) + ", and this one holds "
                            + contentLength + " bytes: strip debug information, or split it.");
        }
    }
}
