package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "nodes",
        description = "Lists nodes.",
        subcommands = {NodesCommand.Delete.class, NodesCommand.JoinToken.class})
final class NodesCommand extends GridCommand {
    @Override
    public Integer call() {
        JsonElement answer = client().get("/nodes");
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = new Table("NODE", "STATE", "ENGINE", "CPU", "MEMORY", "INSTANCES", "INGRESS", "SEEN", "STATUS");
        for (JsonElement element : GridClient.items(answer)) {
            NodeView node = GridClient.decode(element, NodeView.class);
            table.cell(node.id())
                    .cell(node.state().name(), console().palette()::state)
                    .cell(node.engine() + (node.engineCompiled() ? "" : " (interpreter)"))
                    .cell(Math.round(node.cpuShare() * 100) + "% of " + node.processors())
                    .cell(Human.bytes(node.guestMemoryBytes()) + " of " + Human.bytes(node.memoryBytes()))
                    .cell(Integer.toString(node.instances()))
                    .cell(node.ingressUrl())
                    .cell(Human.age(node.lastSeenAt(), console().clock().instant()) + " ago")
                    .cell(node.sentence());
        }
        if (table.rows() == 0) {
            console().note("No node has joined: make a token with warp nodes join-token.");
        } else {
            table.print(console());
        }
        return done();
    }

    @Command(name = "delete", description = "Forgets a node that is gone for good.")
    static final class Delete extends GridCommand {
        @Parameters(paramLabel = "NODE", description = "Id of the node.")
        private String node = "";

        @Override
        public Integer call() {
            client().call("DELETE", GridClient.path("/nodes/{}", node), null, Map.of());
            if (!json()) {
                console().answer("Node " + node + " is forgotten.");
            }
            return done();
        }
    }

    @Command(name = "join-token", description = "Makes a token with which one node may join.")
    static final class JoinToken extends GridCommand {
        @Option(names = "--valid-for", paramLabel = "TIME", description = "How long, such as 30m; 1h by default.")
        private String validFor = "1h";

        @Override
        public Integer call() {
            JsonElement answer = client().call("POST", "/join-tokens", Map.of("validFor", validFor), Map.of());
            if (json()) {
                answerJson(answer);
            } else {
                JoinTokenView token = GridClient.decode(answer, JoinTokenView.class);
                console().answer(token.token());
                console().note("Valid once, until " + token.expiresAt() + ".");
            }
            return done();
        }
    }
}
