package dev.warpgrid.ui.deployments;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyOptions;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.api.NamespaceView;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deploying what was uploaded: reads the form, applies it, and lays each complaint of the server beside its field. */
public final class DeployPresenter {
    private final ArtifactService artifacts;
    private final DeploymentService deployments;
    private final GridService grid;
    private final Supplier<Caller> caller;

    /** A field of the form. */
    public enum Field {
        FILE("/spec/artifact"),
        NAME("/metadata/name"),
        NAMESPACE("/metadata/namespace"),
        INSTANCES("/spec/instances"),
        HOST("/spec/trigger"),
        MEMORY("/spec/resources/memory"),
        ENVIRONMENT("/spec/environment");

        private final String pointer;

        Field(String pointer) {
            this.pointer = pointer;
        }
    }

    /**
     * What was typed.
     *
     * @param host empty for the default
     * @param memory empty for the default
     * @param environment lines of {@code NAME=value}
     * @param labels kept as they are, for a new revision
     */
    public record Form(
            @Nullable ArtifactView artifact,
            String namespace,
            String name,
            @Nullable Integer instances,
            String host,
            String memory,
            String environment,
            @Nullable Map<String, String> labels) {}

    /** What became of it. */
    public sealed interface Outcome {
        /** It runs, or will. */
        record Applied(ApplyResult result) implements Outcome {}

        /**
         * Nothing has changed.
         *
         * @param fields sentences by field
         * @param rest what belongs to no field; may be empty
         */
        record Refused(Map<Field, String> fields, String rest) implements Outcome {}
    }

    /** What became of an upload. */
    public sealed interface Upload {
        /** It is a component this grid can run. */
        record Read(ArtifactView artifact) implements Upload {}

        /** @param sentence why not */
        record Refused(String sentence) implements Upload {}
    }

    public DeployPresenter(
            ArtifactService artifacts, DeploymentService deployments, GridService grid, Supplier<Caller> caller) {
        this.artifacts = artifacts;
        this.deployments = deployments;
        this.grid = grid;
        this.caller = caller;
    }

    List<String> namespaces() {
        return grid.namespaces(caller.get()).stream().map(NamespaceView::name).toList();
    }

    /** Runs on the thread that receives the bytes. */
    Upload upload(String namespace, InputStream bytes) {
        try {
            return new Upload.Read(artifacts.upload(caller.get(), namespace, bytes));
        } catch (ApiException e) {
            return new Upload.Refused(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }

    /** A file's name as a deployment's: {@code Hello_World.wasm} becomes {@code hello-world}. */
    static String nameFor(String fileName) {
        String name = fileName.replaceFirst("(?i)(\\.component)?\\.wasm$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return name.length() > 63 ? name.substring(0, 63).replaceAll("-+$", "") : name;
    }

    /** @param present the deployment that gets a new revision; null for a new deployment */
    Outcome deploy(Form form, @Nullable Deployment present) {
        Map<Field, String> missing = new EnumMap<>(Field.class);
        ArtifactView artifact = form.artifact();
        if (artifact == null && present == null) {
            missing.put(Field.FILE, "There is nothing to deploy yet: drop a .wasm component here.");
        }
        Map<String, String> environment = environment(form.environment(), missing);
        if (!missing.isEmpty()) {
            return new Outcome.Refused(missing, "");
        }
        String digest = artifact != null
                ? artifact.digest()
                : Objects.requireNonNull(present).spec().artifact();
        try {
            return new Outcome.Applied(deployments.apply(
                    caller.get(),
                    new Deployment(metadata(form), spec(form, digest, environment, present), null),
                    new ApplyOptions(
                            present == null ? null : present.metadata().resourceVersion(), present == null, false)));
        } catch (ApiException e) {
            return refused(e);
        }
    }

    private static Metadata metadata(Form form) {
        return new Metadata(form.name().strip(), form.namespace(), form.labels(), null, null, null, null, null);
    }

    private static DeploymentSpec spec(
            Form form, String digest, Map<String, String> environment, @Nullable Deployment present) {
        DeploymentSpec.Http http = present == null || present.spec().trigger() == null
                ? null
                : present.spec().trigger().http();
        List<String> paths = http == null ? null : http.paths();
        DeploymentSpec.Resources before =
                present == null ? null : present.spec().resources();
        boolean plain = form.host().isBlank() && paths == null;
        return new DeploymentSpec(
                digest,
                plain
                        ? null
                        : new DeploymentSpec.Trigger(new DeploymentSpec.Http(
                                form.host().isBlank()
                                        ? null
                                        : List.of(form.host().strip().split("[,\\s]+")),
                                paths)),
                new DeploymentSpec.Instances(form.instances()),
                new DeploymentSpec.Resources(
                        form.memory().isBlank() ? null : form.memory().strip(),
                        before == null ? null : before.timeout(),
                        before == null ? null : before.cpuTime()),
                environment,
                present == null ? null : present.spec().rollout());
    }

    private static Map<String, String> environment(String text, Map<Field, String> missing) {
        Map<String, String> environment = new TreeMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.isEmpty()) {
                continue;
            }
            if (equals < 1) {
                missing.put(
                        Field.ENVIRONMENT, "\"" + line + "\" names no variable: write NAME=value, one on each line.");
            } else {
                environment.put(line.substring(0, equals).strip(), line.substring(equals + 1));
            }
        }
        return environment;
    }

    private static Outcome refused(ApiException e) {
        String sentence = Objects.requireNonNullElse(e.getMessage(), e.code().title());
        Map<Field, String> fields = new EnumMap<>(Field.class);
        List<String> rest = new ArrayList<>();
        for (FieldError error : e.errors()) {
            Field field = fieldOf(error.pointer());
            if (field == null) {
                rest.add(error.message());
            } else {
                fields.merge(field, error.message(), (one, other) -> one + " " + other);
            }
        }
        if (e.errors().isEmpty()) {
            rest.add(sentence);
        }
        return new Outcome.Refused(fields, String.join(" ", rest));
    }

    private static @Nullable Field fieldOf(String pointer) {
        for (Field field : Field.values()) {
            if (pointer.startsWith(field.pointer)) {
                return field;
            }
        }
        return null;
    }
}
