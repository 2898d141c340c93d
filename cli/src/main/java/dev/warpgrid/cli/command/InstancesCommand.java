package dev.warpgrid.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "instances", aliases = "ps", description = "Lists instances as their agents report them.")
final class InstancesCommand extends NamespacedCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only those of this deployment.")
    private @Nullable String deployment;

    @Override
    public Integer call() {
        String namespace = Optional.ofNullable(namedNamespace()).orElse(deployment == null ? "" : DEFAULT_NAMESPACE);
        String path = namespace.isEmpty() ? "/instances" : GridClient.path("/namespaces/{}/instances", namespace);
        JsonElement answer =
                client().get(deployment == null ? path : path + GridClient.path("?deployment={}", deployment));
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = table(GridClient.items(answer), console());
        if (table.rows() == 0) {
            console().note("No instance runs: see warp list and warp nodes.");
        } else {
            table.print(console());
        }
        return done();
    }

    static Table table(JsonArray instances, Console console) {
        Table table =
                new Table("INSTANCE", "DEPLOYMENT", "REV", "NODE", "STATE", "RESTARTS", "MEMORY", "SINCE", "REASON");
        for (JsonElement element : instances) {
            InstanceView instance = GridClient.decode(element, InstanceView.class);
            table.cell(instance.id())
                    .cell(instance.namespace() + "/" + instance.deployment())
                    .cell(Integer.toString(instance.revision()))
                    .cell(instance.node())
                    .cell(instance.state(), console.palette()::state)
                    .cell(Integer.toString(instance.restarts()))
                    .cell(Human.bytes(instance.memoryBytes()))
                    .cell(Human.age(instance.since(), console.clock().instant()))
                    .cell((instance.reachable() ? "" : "(last heard) ") + instance.reason());
        }
        return table;
    }
}
