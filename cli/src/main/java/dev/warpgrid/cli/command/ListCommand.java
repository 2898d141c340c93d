package dev.warpgrid.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Instant;
import picocli.CommandLine.Command;

@Command(name = "list", aliases = "ls", description = "Lists deployments.")
final class ListCommand extends NamespacedCommand {
    @Override
    public Integer call() {
        String namespace = namedNamespace();
        JsonArray deployments = client().list(
                        namespace == null ? "/deployments" : GridClient.path("/namespaces/{}/deployments", namespace));
        if (json()) {
            answerJson((JsonElement) deployments);
            return done();
        }
        if (deployments.isEmpty()) {
            console()
                    .note("Nothing is deployed" + (namespace == null ? "" : " in namespace " + namespace)
                            + ": begin with warp deploy FILE.wasm --name NAME.");
            return done();
        }
        Table table = new Table("NAMESPACE", "NAME", "STATE", "READY", "REV", "RESTARTS", "MEMORY", "AGE", "URL");
        for (JsonElement element : deployments) {
            row(table, GridClient.decode(element, Deployment.class));
        }
        table.print(console());
        return done();
    }

    private void row(Table table, Deployment deployment) {
        String namespace = deployment.metadata().namespace();
        Instant created = deployment.metadata().createdAt();
        DeploymentStatus status = deployment.status();
        table.cell(namespace == null ? "" : namespace)
                .cell(deployment.metadata().name());
        if (status == null) {
            table.cell("UNKNOWN").cell("").cell("").cell("").cell("");
        } else {
            table.cell(status.state().name(), console().palette()::state)
                    .cell(status.readyInstances() + "/" + status.desiredInstances())
                    .cell(Integer.toString(status.revision()))
                    .cell(Long.toString(status.restarts()))
                    .cell(Human.bytes(status.memoryBytes()));
        }
        table.cell(created == null ? "" : Human.age(created, console().clock().instant()))
                .cell(
                        status == null || status.urls().isEmpty()
                                ? ""
                                : status.urls().getFirst());
    }
}
