package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.NamespaceView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "namespaces",
        aliases = "ns",
        description = "Lists namespaces.",
        subcommands = {NamespacesCommand.Create.class, NamespacesCommand.Delete.class})
final class NamespacesCommand extends GridCommand {
    @Override
    public Integer call() {
        JsonElement answer = client().get("/namespaces");
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = new Table("NAMESPACE", "DEPLOYMENTS", "INSTANCES", "AGE");
        for (JsonElement element : GridClient.items(answer)) {
            NamespaceView namespace = GridClient.decode(element, NamespaceView.class);
            table.cell(namespace.name())
                    .cell(Integer.toString(namespace.deployments()))
                    .cell(Integer.toString(namespace.instances()))
                    .cell(Human.age(namespace.createdAt(), console().clock().instant()));
        }
        table.print(console());
        return done();
    }

    @Command(name = "create", description = "Makes a namespace.")
    static final class Create extends GridCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the namespace.")
        private String name = "";

        @Override
        public Integer call() {
            JsonElement answer = client().call("PUT", GridClient.path("/namespaces/{}", name), Map.of(), Map.of());
            if (json()) {
                answerJson(answer);
            } else {
                console().answer("Namespace " + name + " is there.");
            }
            return done();
        }
    }

    @Command(name = "delete", description = "Deletes an empty namespace.")
    static final class Delete extends GridCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the namespace.")
        private String name = "";

        @Override
        public Integer call() {
            client().call("DELETE", GridClient.path("/namespaces/{}", name), null, Map.of());
            if (!json()) {
                console().answer("Namespace " + name + " is deleted.");
            }
            return done();
        }
    }
}
