package dev.warpgrid.cli.command;

import dev.warpgrid.cli.client.Deployer;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", aliases = "rm", description = "Deletes a deployment and stops its instances.")
final class DeleteCommand extends NamespacedCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Override
    public Integer call() {
        client().call("DELETE", Deployer.deploymentPath(namespace(), name), null, Map.of("If-Match", "*"));
        if (!json()) {
            console().answer(namespace() + "/" + name + " is deleted.");
        }
        return done();
    }
}
