package dev.warpgrid.cli.command;

import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Palette;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that apply a deployment, and what they have in common: apply, wait, answer. */
final class Applying {
    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until it is ready, which is the default; --no-wait returns when it is accepted.")
    private boolean waitUntilReady;

    @Option(names = "--wait-timeout", paramLabel = "TIME", description = "How long to wait; 2m by default.")
    private String waitTimeout = "2m";

    @Option(names = "--dry-run", description = "Check everything, say what would change, and change nothing.")
    private boolean dryRun;

    /** @param seen what the change was made from; null where there was none */
    int apply(GridCommand command, Deployer deployer, Deployment wanted, @Nullable Deployment seen)
            throws InterruptedException {
        Duration patience = Durations.parse("--wait-timeout", waitTimeout);
        ApplyResult result = deployer.apply(wanted, seen, dryRun);
        if (dryRun) {
            return plan(command, result);
        }
        String namespace = Deployer.namespaceOf(wanted);
        String name = wanted.metadata().name();
        command.console()
                .note(namespace + "/" + name + " is " + result.outcome().name().toLowerCase(Locale.ROOT) + ".");
        if (!waitUntilReady) {
            return answered(command, result.deployment());
        }
        Long generation = result.deployment().metadata().generation();
        return answered(
                command,
                deployer.awaitReady(
                        namespace,
                        name,
                        generation == null ? 0 : generation,
                        patience,
                        line -> command.console().note("  " + line)));
    }

    /** Says what an apply would do. */
    static int plan(GridCommand command, ApplyResult result) {
        if (command.json()) {
            command.answerJson(result);
            return GridCommand.done();
        }
        String verb = switch (result.outcome()) {
            case CREATED -> "would be created";
            case UPDATED -> "would be updated";
            case UNCHANGED -> "would stay as it is";
        };
        command.console()
                .answer(result.deployment().metadata().namespace() + "/"
                        + result.deployment().metadata().name() + " " + verb + ".");
        Palette palette = command.console().palette();
        for (ApplyResult.Change change : result.changes()) {
            command.console()
                    .answer("  " + change.pointer() + ": " + palette.bad(orNone(change.before())) + " -> "
                            + palette.good(orNone(change.after())));
        }
        return GridCommand.done();
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "(none)" : value;
    }

    private int answered(GridCommand command, Deployment deployment) {
        if (command.json()) {
            command.answerJson(deployment);
            return GridCommand.done();
        }
        DeploymentStatus status = deployment.status();
        if (status != null && waitUntilReady) {
            command.console()
                    .note("Ready: " + Human.count(status.readyInstances(), "instance") + " of revision "
                            + status.revision() + ".");
        }
        if (status != null) {
            status.urls().forEach(command.console()::answer);
        }
        return GridCommand.done();
    }
}
