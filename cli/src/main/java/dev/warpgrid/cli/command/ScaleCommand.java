package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.output.Human;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "scale", description = "Changes how many instances a deployment keeps running.")
final class ScaleCommand extends NamespacedCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "COUNT", description = "How many instances.")
    private int instances;

    @Override
    public Integer call() {
        JsonElement answer = client().call(
                        "POST",
                        Deployer.deploymentPath(namespace(), name) + "/scale",
                        Map.of("instances", instances),
                        Map.of());
        if (json()) {
            answerJson(answer);
        } else {
            console().answer(namespace() + "/" + name + " is to have " + Human.count(instances, "instance") + ".");
        }
        return done();
    }
}
