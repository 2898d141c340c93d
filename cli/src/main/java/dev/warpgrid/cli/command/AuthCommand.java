package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.AccessAnswer;
import dev.warpgrid.api.IdentityView;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "auth",
        description = "Says who you are in the grid and what you may do.",
        subcommands = {AuthCommand.WhoAmI.class, AuthCommand.CanI.class, TokenCommand.class})
final class AuthCommand extends GridCommand {
    @Override
    public Integer call() {
        return WhoAmI.show(this);
    }

    @Command(name = "whoami", description = "Says who you are, your roles and what they permit.")
    static final class WhoAmI extends GridCommand {
        @Override
        public Integer call() {
            return show(this);
        }

        static int show(GridCommand command) {
            JsonElement answer = command.client().get("/whoami");
            if (command.json()) {
                command.answerJson(answer);
                return done();
            }
            IdentityView identity = GridClient.decode(answer, IdentityView.class);
            String kind = switch (identity.kind()) {
                case USER, SYSTEM -> "";
                case SERVICE_ACCOUNT -> " (service account)";
                case LIMITED_TOKEN -> " (by a limited token)";
            };
            command.console().answer("You are " + identity.name() + kind + ".");
            command.console()
                    .answer("Roles: " + (identity.roles().isEmpty() ? "none" : String.join(", ", identity.roles())));
            Table table = new Table("WHERE", "PERMISSIONS");
            identity.permissions()
                    .forEach((place, permissions) ->
                            table.cell(place.equals("*") ? "grid-wide" : place).cell(String.join(", ", permissions)));
            if (table.rows() > 0) {
                table.print(command.console());
            }
            return done();
        }
    }

    @Command(name = "can-i", description = "Says whether you hold a permission; ends with 5 where you do not.")
    static final class CanI extends GridCommand {
        @Parameters(paramLabel = "VERB", description = "What to do, such as write.")
        private String verb = "";

        @Parameters(paramLabel = "RESOURCE", description = "To which kind of thing, such as deployment.")
        private String resource = "";

        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAME",
                description = "In which namespace; grid-wide without.")
        private @Nullable String namespace;

        @Override
        public Integer call() {
            String query = GridClient.path("/can-i?permission={}", resource + ":" + verb)
                    + (namespace == null ? "" : GridClient.path("&namespace={}", namespace));
            JsonElement answer = client().get(query);
            AccessAnswer access = GridClient.decode(answer, AccessAnswer.class);
            if (json()) {
                answerJson(answer);
            } else {
                console().answer((access.allowed() ? "yes: " : "no: ") + access.reason());
            }
            return access.allowed() ? done() : ExitCode.DENIED.status();
        }
    }
}
