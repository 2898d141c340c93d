package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = {
            "Brings an earlier revision back: code, configuration, limits and routes.",
            "It becomes a new revision; the number of instances stays as it is."
        })
final class RollbackCommand extends NamespacedCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "REVISION",
            description = "Which one, see warp history; the one that served before the present one by default.")
    private @Nullable Integer revision;

    @Override
    public Integer call() {
        Map<String, Object> body = new TreeMap<>();
        if (revision != null) {
            body.put("revision", revision);
        }
        JsonElement answer =
                client().call("POST", Deployer.deploymentPath(namespace(), name) + "/rollback", body, Map.of());
        if (json()) {
            answerJson(answer);
            return done();
        }
        ApplyResult result = GridClient.decode(answer, ApplyResult.class);
        console()
                .answer(namespace() + "/" + name + " goes back, which changes "
                        + Human.count(result.changes().size(), "field") + ":");
        for (ApplyResult.Change change : result.changes()) {
            console()
                    .answer("  " + change.pointer() + ": " + orNone(change.before()) + " -> " + orNone(change.after()));
        }
        return done();
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
