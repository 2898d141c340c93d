package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        description = "Lists your access tokens.",
        subcommands = {TokenCommand.Create.class, TokenCommand.Revoke.class})
final class TokenCommand extends GridCommand {
    @Override
    public Integer call() {
        return show(this, client().get("/tokens"));
    }

    static int show(GridCommand command, JsonElement answer) {
        if (command.json()) {
            command.answerJson(answer);
            return done();
        }
        Instant now = command.console().clock().instant();
        Table table = new Table("ID", "NAME", "OWNER", "AGE", "EXPIRES", "LIMIT");
        for (JsonElement element : GridClient.items(answer)) {
            TokenView token = GridClient.decode(element, TokenView.class);
            Instant expires = token.expiresAt();
            table.cell(token.id())
                    .cell(token.name())
                    .cell(token.owner())
                    .cell(Human.age(token.createdAt(), now))
                    .cell(
                            expires == null
                                    ? "never"
                                    : expires.isBefore(now) ? "expired" : "in " + Human.age(now, expires))
                    .cell(limit(token));
        }
        table.print(command.console());
        return done();
    }

    private static String limit(TokenView token) {
        List<String> permissions = token.permissions();
        return (permissions == null ? "" : String.join(", ", permissions))
                + (token.namespace() == null ? "" : " in " + token.namespace());
    }

    static Map<String, Object> wanted(
            String name, @Nullable String validFor, List<String> permissions, @Nullable String namespace) {
        Map<String, Object> body = new TreeMap<>(Map.of("name", name));
        if (validFor != null) {
            body.put("validFor", Durations.parse("--valid-for", validFor).toString());
        }
        if (!permissions.isEmpty()) {
            body.put("permissions", permissions);
        }
        if (namespace != null) {
            body.put("namespace", namespace);
        }
        return body;
    }

    /** @param revoke the command that ends it, up to the id */
    static int made(GridCommand command, JsonElement answer, String revoke) {
        if (command.json()) {
            command.answerJson(answer);
        } else {
            TokenView token = GridClient.decode(answer, TokenView.class);
            command.console().answer(String.valueOf(token.secret()));
            command.console().note("Keep it now: it is not shown again. Revoke it with " + revoke + token.id() + ".");
        }
        return done();
    }

    @Command(name = "create", description = "Makes an access token and shows it this once.")
    static final class Create extends GridCommand {
        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Option(names = "--valid-for", paramLabel = "TIME", description = "How long, such as 30d; one year by default.")
        private @Nullable String validFor;

        @Option(
                names = "--permission",
                paramLabel = "PERMISSION",
                description = "The only one of yours it has; may be given several times.")
        private List<String> permissions = List.of();

        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAME",
                description = "The only namespace it works in.")
        private @Nullable String namespace;

        @Override
        public Integer call() {
            return made(
                    this,
                    client().call("POST", "/tokens", wanted(name, validFor, permissions, namespace), Map.of()),
                    "warp token revoke ");
        }
    }

    @Command(name = "revoke", description = "Ends an access token at once.")
    static final class Revoke extends GridCommand {
        @Parameters(paramLabel = "ID", description = "Id of the token.")
        private String id = "";

        @Override
        public Integer call() {
            client().call("DELETE", GridClient.path("/tokens/{}", id), null, Map.of());
            if (!json()) {
                console().answer("Token " + id + " is revoked.");
            }
            return done();
        }
    }
}
