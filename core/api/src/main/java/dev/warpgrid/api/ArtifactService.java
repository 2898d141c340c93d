package dev.warpgrid.api;

import java.io.InputStream;

/** Artifacts, by digest. */
public interface ArtifactService {
    long MAXIMUM_BYTES = 256L << 20;

    /** Reads, checks and stores; the same bytes again are no error. */
    ArtifactView upload(Caller caller, String namespace, InputStream bytes);

    Page<ArtifactView> list(Caller caller, String namespace, ListQuery query);

    ArtifactView get(Caller caller, String namespace, String digest);

    /** Refused while a deployment's revision names it. */
    void delete(Caller caller, String namespace, String digest);
}
