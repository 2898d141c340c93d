package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.NamespaceView;
import dev.warpgrid.api.Quota;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "namespaces",
        aliases = "ns",
        description = "Lists namespaces.",
        subcommands = {
            NamespacesCommand.Create.class,
            NamespacesCommand.Delete.class,
            NamespacesCommand.Usage.class,
            NamespacesCommand.SetQuota.class
        })
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

    @Command(name = "usage", description = "Shows what namespaces hold of what they may.")
    static final class Usage extends GridCommand {
        @Override
        public Integer call() {
            JsonElement answer = client().get("/usage");
            if (json()) {
                answerJson(answer);
                return done();
            }
            Table table = new Table("NAMESPACE", "MEMORY", "INSTANCES", "DEPLOYMENTS", "ARTIFACTS");
            for (JsonElement element : GridClient.items(answer)) {
                row(table, GridClient.decode(element, NamespaceUsage.class));
            }
            table.print(console());
            return done();
        }

        private static void row(Table table, NamespaceUsage usage) {
            Quota quota = usage.quota();
            table.cell(usage.namespace())
                    .cell(of(Human.bytes(usage.memoryBytes()), quota.memory()))
                    .cell(of(Long.toString(usage.instances()), quota.instances()))
                    .cell(of(Long.toString(usage.deployments()), quota.deployments()))
                    .cell(of(Human.bytes(usage.artifactBytes()), quota.artifacts()));
        }

        private static String of(String held, @Nullable Object most) {
            return most == null ? held : held + " of " + most;
        }
    }

    @Command(name = "quota", description = "Sets what a namespace may hold; what is not named has no limit.")
    static final class SetQuota extends GridCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the namespace.")
        private String name = "";

        @Option(
                names = "--memory",
                paramLabel = "SIZE",
                description = "Of all instances at their limits, such as 4GiB.")
        private @Nullable String memory;

        @Option(names = "--instances", paramLabel = "N", description = "Instances of all deployments.")
        private @Nullable Long instances;

        @Option(names = "--deployments", paramLabel = "N", description = "Deployments.")
        private @Nullable Long deployments;

        @Option(names = "--artifacts", paramLabel = "SIZE", description = "Bytes of all artifacts, such as 1GiB.")
        private @Nullable String artifacts;

        @Override
        public Integer call() {
            JsonElement answer = client().call(
                            "PUT",
                            GridClient.path("/namespaces/{}/quota", name),
                            new Quota(memory, instances, deployments, artifacts),
                            Map.of());
            if (json()) {
                answerJson(answer);
                return done();
            }
            Table table = new Table("NAMESPACE", "MEMORY", "INSTANCES", "DEPLOYMENTS", "ARTIFACTS");
            Usage.row(table, GridClient.decode(answer, NamespaceUsage.class));
            table.print(console());
            return done();
        }
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
