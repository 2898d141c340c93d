package dev.warpgrid.cli.command;

import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.WasmFile;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.ResourceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        description = {
            "Deploys a component and waits until every instance answers.",
            "Deploying again under the same name makes a new revision; options that are left out keep their values."
        })
final class DeployCommand extends NamespacedCommand {
    @Parameters(paramLabel = "FILE.wasm", description = "The component.")
    private Path file = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the deployment; the file's own by default.")
    private @Nullable String name;

    @Option(names = "--instances", paramLabel = "COUNT", description = "How many are kept running; 1 by default.")
    private @Nullable Integer instances;

    @Option(names = "--host", paramLabel = "HOST", description = "Host it answers to; may be repeated.")
    private @Nullable List<String> hosts;

    @Option(names = "--path", paramLabel = "PREFIX", description = "Path prefix it answers to; may be repeated.")
    private @Nullable List<String> paths;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory of one instance, such as 64MiB.")
    private @Nullable String memory;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Wall time of one call, such as 30s.")
    private @Nullable String timeout;

    @Option(names = "--cpu-time", paramLabel = "TIME", description = "Processor time of one call, such as 10s.")
    private @Nullable String cpuTime;

    @Mixin
    private RolloutOptions rollout = new RolloutOptions();

    @Option(names = "--env", paramLabel = "KEY=VALUE", description = "Environment variable; may be repeated.")
    private @Nullable List<String> environment;

    @Option(names = "--unset-env", paramLabel = "KEY", description = "Takes an environment variable away.")
    private @Nullable List<String> unsetEnvironment;

    @Mixin
    private Applying applying = new Applying();

    @Override
    public Integer call() throws InterruptedException {
        WasmFile component = WasmFile.open(file);
        String deploymentName = ResourceName.require("deployment name", name == null ? stem() : name);
        if (memory != null) {
            ByteSize.parse(memory);
        }
        Deployer deployer = new Deployer(client());
        Optional<Deployment> present = deployer.find(namespace(), deploymentName);
        deployer.upload(namespace(), component, console()::note);
        Deployment wanted = new Deployment(
                Metadata.named(namespace(), deploymentName),
                spec(component, present.map(Deployment::spec).orElse(null)),
                null);
        return applying.apply(this, deployer, wanted, present.orElse(null));
    }

    private String stem() {
        String fileName = String.valueOf(file.getFileName());
        String stem = fileName.endsWith(".wasm") ? fileName.substring(0, fileName.length() - 5) : fileName;
        if (!ResourceName.isValid(stem)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "The file's name \"" + stem + "\" does not do as a deployment's: give one with --name.");
        }
        return stem;
    }

    /** What is named on the command line over what is there. */
    private DeploymentSpec spec(WasmFile component, @Nullable DeploymentSpec present) {
        DeploymentSpec.Resources before = present == null ? null : present.resources();
        DeploymentSpec.Trigger triggerBefore = present == null ? null : present.trigger();
        DeploymentSpec.Http httpBefore = triggerBefore == null ? null : triggerBefore.http();
        DeploymentSpec.Http http = new DeploymentSpec.Http(
                hosts != null || httpBefore == null ? hosts : httpBefore.hosts(),
                paths != null || httpBefore == null ? paths : httpBefore.paths());
        DeploymentSpec.Resources resources = new DeploymentSpec.Resources(
                memory != null || before == null ? memory : before.memory(),
                timeout != null || before == null ? timeout : before.timeout(),
                cpuTime != null || before == null ? cpuTime : before.cpuTime());
        boolean noHttp = http.hosts() == null && http.paths() == null;
        return new DeploymentSpec(
                component.digest().value(),
                noHttp ? triggerBefore : new DeploymentSpec.Trigger(http),
                instances != null
                        ? new DeploymentSpec.Instances(instances)
                        : present == null ? null : present.instances(),
                resources,
                environment(present == null ? null : present.environment()),
                rollout.over(present == null ? null : present.rollout()));
    }

    private @Nullable Map<String, String> environment(@Nullable Map<String, String> before) {
        if (environment == null && unsetEnvironment == null) {
            return before;
        }
        Map<String, String> merged = new TreeMap<>(before == null ? Map.of() : before);
        for (String entry : environment == null ? List.<String>of() : environment) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new Failure(
                        ExitCode.USAGE, "--env \"" + entry + "\" has no name and value: write it as KEY=VALUE.");
            }
            merged.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        for (String key : unsetEnvironment == null ? List.<String>of() : unsetEnvironment) {
            merged.remove(key);
        }
        return merged;
    }
}
