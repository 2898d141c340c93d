package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Instant;
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
        JsonElement answer = client().get("/tokens");
        if (json()) {
            answerJson(answer);
            return done();
        }
        Instant now = console().clock().instant();
        Table table = new Table("ID", "NAME", "OWNER", "AGE", "EXPIRES");
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
                                    : expires.isBefore(now) ? "expired" : "in " + Human.age(now, expires));
        }
        table.print(console());
        return done();
    }

    @Command(name = "create", description = "Makes an access token and shows it this once.")
    static final class Create extends GridCommand {
        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Option(names = "--valid-for", paramLabel = "TIME", description = "How long, such as 30d; one year by default.")
        private @Nullable String validFor;

        @Override
        public Integer call() {
            Map<String, String> body = new TreeMap<>(Map.of("name", name));
            if (validFor != null) {
                body.put("validFor", Durations.parse("--valid-for", validFor).toString());
            }
            JsonElement answer = client().call("POST", "/tokens", body, Map.of());
            if (json()) {
                answerJson(answer);
            } else {
                TokenView token = GridClient.decode(answer, TokenView.class);
                console().answer(String.valueOf(token.secret()));
                console()
                        .note("Keep it now: it is not shown again. Revoke it with warp token revoke " + token.id()
                                + ".");
            }
            return done();
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
