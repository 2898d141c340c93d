package dev.warpgrid.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.WasmFile;
import dev.warpgrid.cli.manifest.Manifest;
import dev.warpgrid.cli.manifest.ManifestReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that takes its deployment from a {@code warp.toml}. */
abstract class ManifestCommand extends NamespacedCommand {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The manifest, or the folder that holds it; warp.toml in this folder by default.")
    private Path file = Path.of(ManifestReader.FILE_NAME);

    /** What the file says beside what the grid has. */
    record Proposal(
            Manifest manifest, Deployment wanted, @Nullable Deployment present) {}

    /** Reads the file, brings its component to the grid and looks up what is there. */
    final Proposal propose(Deployer deployer) {
        Manifest manifest = ManifestReader.read(file);
        String inFile = manifest.namespace();
        String onLine = namedNamespace();
        String namespace = onLine != null ? onLine : inFile != null ? inFile : DEFAULT_NAMESPACE;
        Optional<WasmFile> component = manifest.component().map(WasmFile::open);
        Deployment wanted = manifest.deployment(
                namespace, component.map(found -> found.digest().value()).orElse(null));
        Optional<Deployment> present = deployer.find(namespace, manifest.name());
        component.ifPresent(found -> deployer.upload(namespace, found, console()::note));
        return new Proposal(manifest, wanted, present.orElse(null));
    }

    /** The grid's objections with the lines of the file they belong to. */
    static Failure inTermsOfTheFile(Failure refused, Manifest manifest) {
        Optional<JsonObject> problem = refused.problem();
        if (problem.isEmpty() || !(problem.get().get("errors") instanceof JsonArray errors)) {
            return refused;
        }
        StringJoiner lines = new StringJoiner("\n");
        for (JsonElement error : errors) {
            JsonObject field = error.getAsJsonObject();
            lines.add(manifest.fault(
                            field.get("pointer").getAsString(),
                            field.get("message").getAsString())
                    .at(manifest.file().toString()));
        }
        return errors.isEmpty() ? refused : new Failure(refused.exitCode(), lines.toString(), refused);
    }
}
