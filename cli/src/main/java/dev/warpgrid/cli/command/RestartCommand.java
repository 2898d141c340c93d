package dev.warpgrid.cli.command;

import dev.warpgrid.cli.client.Deployer;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "restart", description = "Replaces every instance of a deployment by a new one, one after the other.")
final class RestartCommand extends NamespacedCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Override
    public Integer call() {
        client().call("POST", Deployer.deploymentPath(namespace(), name) + "/restart", null, Map.of());
        if (!json()) {
            console().answer(namespace() + "/" + name + " restarts.");
        }
        return done();
    }
}
