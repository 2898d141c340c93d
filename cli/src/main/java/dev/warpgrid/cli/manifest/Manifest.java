package dev.warpgrid.cli.manifest;

import com.google.gson.JsonObject;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.cli.output.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A deployment as a file says it: all of it, so that what the file does not say takes its default.
 *
 * @param file as it was named, for messages
 * @param namespace null where the file names none
 * @param spec in the contract's names; {@code artifact} is as the file has it
 */
public record Manifest(
        Path file,
        String name,
        @Nullable String namespace,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        JsonObject spec,
        TomlTable source) {
    private static final String DIGEST = "sha256:";

    private String artifact() {
        return spec.get("artifact").getAsString();
    }

    /** The component's file, next to the manifest's unless absolute; empty where the manifest names a digest. */
    public Optional<Path> component() {
        return artifact().startsWith(DIGEST)
                ? Optional.empty()
                : Optional.of(file.toAbsolutePath().resolveSibling(artifact()));
    }

    /** @param digest of the component's file; null where the manifest names one itself */
    public Deployment deployment(String inNamespace, @Nullable String digest) {
        JsonObject resolved = spec.deepCopy();
        if (digest != null) {
            resolved.addProperty("artifact", digest);
        }
        return new Deployment(
                new Metadata(name, inNamespace, labels, annotations, null, null, null, null),
                Json.read(resolved, DeploymentSpec.class),
                null);
    }

    /**
     * What a grid found wrong, where the file says it.
     *
     * @param pointer JSON pointer into the deployment (RFC 6901)
     */
    public Fault fault(String pointer, String message) {
        List<String> path = path(pointer);
        while (!path.isEmpty()) {
            TomlPosition position = source.contains(path) ? source.inputPositionOf(path) : null;
            if (position != null) {
                return new Fault(position.line(), position.column(), message);
            }
            path.removeLast();
        }
        return new Fault(0, 0, message);
    }

    private static List<String> path(String pointer) {
        List<String> path = new ArrayList<>();
        for (String token : pointer.split("/", -1)) {
            path.add(token.replace("~1", "/").replace("~0", "~"));
        }
        path.removeFirst();
        if (!path.isEmpty()) {
            String section = path.removeFirst();
            if (section.equals("metadata")) {
                path.addFirst("package");
            }
        }
        return path;
    }
}
