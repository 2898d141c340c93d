package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.ServiceAccountView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "service-account",
        aliases = "sa",
        description = "Lists a namespace's service accounts.",
        subcommands = {
            ServiceAccountCommand.Create.class,
            ServiceAccountCommand.Delete.class,
            ServiceAccountCommand.Tokens.class,
            ServiceAccountCommand.CreateToken.class,
            ServiceAccountCommand.RevokeToken.class
        })
final class ServiceAccountCommand extends NamespacedCommand {
    private static final String ALL = "/namespaces/{}/service-accounts";
    private static final String ONE = ALL + "/{}";

    @Override
    public Integer call() {
        JsonElement answer = client().get(GridClient.path(ALL, namespace()));
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = new Table("SERVICE ACCOUNT", "AGE", "BY", "DESCRIPTION");
        for (JsonElement element : GridClient.items(answer)) {
            ServiceAccountView account = GridClient.decode(element, ServiceAccountView.class);
            table.cell(account.namespace() + "/" + account.name())
                    .cell(Human.age(account.createdAt(), console().clock().instant()))
                    .cell(account.createdBy())
                    .cell(account.description());
        }
        if (table.rows() == 0) {
            console()
                    .note("Namespace " + namespace() + " has no service account: make one with warp service-account"
                            + " create NAME.");
        } else {
            table.print(console());
        }
        return done();
    }

    /** A command about one service account. */
    abstract static class OfAccount extends NamespacedCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the service account.")
        private String account = "";

        final String account() {
            return account;
        }

        final String path(String more) {
            return GridClient.path(ONE, namespace(), account) + more;
        }

        final int tell(JsonElement answer, String sentence) {
            if (!json()) {
                console().answer(sentence);
            } else if (!answer.isJsonNull()) {
                answerJson(answer);
            }
            return done();
        }
    }

    @Command(name = "create", description = "Makes a service account, without any role or token.")
    static final class Create extends OfAccount {
        @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
        private String description = "";

        @Override
        public Integer call() {
            return tell(
                    client().call(
                                    "POST",
                                    GridClient.path(ALL, namespace()),
                                    new TreeMap<>(Map.of("name", account(), "description", description)),
                                    Map.of()),
                    "Service account " + namespace() + "/" + account()
                            + " is there; give it a role with warp role bind.");
        }
    }

    @Command(name = "delete", description = "Deletes a service account, with its tokens and bindings.")
    static final class Delete extends OfAccount {
        @Override
        public Integer call() {
            return tell(
                    client().call("DELETE", path(""), null, Map.of()),
                    "Service account " + namespace() + "/" + account() + " is deleted.");
        }
    }

    @Command(name = "tokens", description = "Lists a service account's tokens.")
    static final class Tokens extends OfAccount {
        @Override
        public Integer call() {
            return TokenCommand.show(this, client().get(path("/tokens")));
        }
    }

    @Command(name = "create-token", description = "Makes a token of a service account and shows it this once.")
    static final class CreateToken extends OfAccount {
        @Parameters(paramLabel = "TOKEN", description = "What the token is for.")
        private String name = "";

        @Option(names = "--valid-for", paramLabel = "TIME", description = "How long, such as 30d; one year by default.")
        private @Nullable String validFor;

        @Option(
                names = "--permission",
                paramLabel = "PERMISSION",
                description = "The only one it has; may be given several times.")
        private List<String> permissions = List.of();

        @Override
        public Integer call() {
            return TokenCommand.made(
                    this,
                    client().call(
                                    "POST",
                                    path("/tokens"),
                                    TokenCommand.wanted(name, validFor, permissions, null),
                                    Map.of()),
                    "warp service-account revoke-token -n " + namespace() + " " + account() + " ");
        }
    }

    @Command(name = "revoke-token", description = "Ends a service account's token at once.")
    static final class RevokeToken extends OfAccount {
        @Parameters(paramLabel = "ID", description = "Id of the token.")
        private String id = "";

        @Override
        public Integer call() {
            return tell(
                    client().call("DELETE", path("/tokens/") + GridClient.path("{}", id), null, Map.of()),
                    "Token " + id + " is revoked.");
        }
    }
}
