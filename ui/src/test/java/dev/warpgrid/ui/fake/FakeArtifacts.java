package dev.warpgrid.ui.fake;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.Page;
import java.io.InputStream;
import java.util.List;

/** Takes every upload, or refuses it as the test says. */
public final class FakeArtifacts implements ArtifactService {
    public ApiException refusal;

    @Override
    public ArtifactView upload(Caller caller, String namespace, InputStream bytes) {
        if (refusal != null) {
            throw refusal;
        }
        return new ArtifactView(
                "sha256:" + "b".repeat(64),
                namespace,
                8,
                List.of(),
                List.of("wasi:http/incoming-handler@0.2.6"),
                65_536,
                FakeDeployments.NOW,
                caller.name());
    }

    @Override
    public Page<ArtifactView> list(Caller caller, String namespace, ListQuery query) {
        return new Page<>(List.of(), null, 0);
    }

    @Override
    public ArtifactView get(Caller caller, String namespace, String digest) {
        throw ApiException.notFound("artifact", digest);
    }

    @Override
    public void delete(Caller caller, String namespace, String digest) {
        throw ApiException.notFound("artifact", digest);
    }
}
