package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.api.UserView;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.client.Targets;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        description = "Lists users.",
        subcommands = {
            UserCommand.Create.class,
            UserCommand.Roles.class,
            UserCommand.Disable.class,
            UserCommand.Enable.class,
            UserCommand.ResetPassword.class,
            UserCommand.Delete.class,
            UserCommand.Password.class
        })
final class UserCommand extends GridCommand {
    @Override
    public Integer call() {
        JsonElement answer = client().get("/users");
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = new Table("USER", "ROLES", "STATE", "AGE");
        for (JsonElement element : GridClient.items(answer)) {
            UserView user = GridClient.decode(element, UserView.class);
            table.cell(user.name())
                    .cell(String.join(", ", user.roles()))
                    .cell(user.enabled() ? "enabled" : "disabled")
                    .cell(Human.age(user.createdAt(), console().clock().instant()));
        }
        table.print(console());
        return done();
    }

    /** A command about one user. */
    abstract static class OfUser extends GridCommand {
        @Parameters(paramLabel = "USER", description = "Name of the user.")
        private String user = "";

        final String user() {
            return user;
        }

        /** Says the sentence, or writes the server's answer. */
        final int tell(JsonElement answer, String sentence) {
            if (json()) {
                answerJson(answer);
            } else {
                console().answer(sentence);
            }
            return done();
        }

        /** With the password on a line of its own, where the server made one. */
        final int tellWithPassword(JsonElement answer, String sentence) {
            if (json()) {
                answerJson(answer);
                return done();
            }
            console().note(sentence);
            String password = GridClient.decode(answer, UserView.class).password();
            if (password != null) {
                console().answer(password);
                console().note("Hand the password over now: it is not shown again.");
            }
            return done();
        }
    }

    @Command(name = "create", description = "Makes a user, with a password that is shown this once.")
    static final class Create extends OfUser {
        @Option(names = "--role", paramLabel = "ROLE", description = "A role; may be given several times.")
        private List<String> roles = List.of();

        @Option(names = "--password-stdin", description = "Take the password from standard input.")
        private boolean passwordFromInput;

        @Override
        public Integer call() {
            Map<String, Object> body = new TreeMap<>(Map.of("name", user(), "roles", roles));
            if (passwordFromInput) {
                body.put("password", new PasswordInput().readNew("Password of " + user(), "warp user create"));
            }
            return tellWithPassword(client().call("POST", "/users", body, Map.of()), "User " + user() + " is there.");
        }
    }

    @Command(name = "roles", description = "Gives a user other roles, and ends the user's sessions.")
    static final class Roles extends OfUser {
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "A role; may be given several times. Without it the user has none.")
        private List<String> roles = List.of();

        @Override
        public Integer call() {
            return tell(
                    change(client(), user(), Map.of("roles", roles)),
                    "User " + user() + " has " + (roles.isEmpty() ? "no role" : String.join(", ", roles)) + ".");
        }
    }

    @Command(name = "disable", description = "Shuts a user out at once: sessions, tokens and password.")
    static final class Disable extends OfUser {
        @Override
        public Integer call() {
            return tell(change(client(), user(), Map.of("enabled", false)), "User " + user() + " is disabled.");
        }
    }

    @Command(name = "enable", description = "Lets a disabled user sign in again.")
    static final class Enable extends OfUser {
        @Override
        public Integer call() {
            return tell(change(client(), user(), Map.of("enabled", true)), "User " + user() + " is enabled.");
        }
    }

    @Command(
            name = "reset-password",
            description = "Gives a user a new password that is shown this once; ends sessions and tokens.")
    static final class ResetPassword extends OfUser {
        @Option(names = "--password-stdin", description = "Take the password from standard input.")
        private boolean passwordFromInput;

        @Override
        public Integer call() {
            Map<String, Object> body = passwordFromInput
                    ? Map.of(
                            "password",
                            new PasswordInput().readNew("New password of " + user(), "warp user reset-password"))
                    : Map.of();
            return tellWithPassword(
                    client().call("POST", GridClient.path("/users/{}/password", user()), body, Map.of()),
                    "User " + user() + " has a new password.");
        }
    }

    @Command(name = "delete", description = "Deletes a user, with sessions and tokens.")
    static final class Delete extends OfUser {
        @Override
        public Integer call() {
            client().call("DELETE", GridClient.path("/users/{}", user()), null, Map.of());
            if (!json()) {
                console().answer("User " + user() + " is deleted.");
            }
            return done();
        }
    }

    @Command(
            name = "password",
            description = {
                "Changes your own password; ends your sessions and tokens.",
                "Both passwords are asked for, or read from standard input, first the present one."
            })
    static final class Password extends GridCommand {
        @Override
        public Integer call() {
            PasswordInput input = new PasswordInput();
            String present = input.read("Present password", "warp user password");
            String next = input.readNew("New password", "warp user password");
            JsonElement answer =
                    client().call("POST", "/whoami/password", Map.of("present", present, "next", next), Map.of());
            String secret = GridClient.decode(answer, TokenView.class).secret();
            boolean kept = secret != null
                    && Targets.keep(environment(), data(), secret).isPresent();
            if (json()) {
                answerJson(answer);
            } else {
                console().answer("Your password is changed.");
                console()
                        .note(
                                kept
                                        ? "The command line has a new token."
                                        : "WARP_TOKEN has ended with it: make a new one with warp login.");
            }
            return done();
        }
    }

    private static JsonElement change(GridClient client, String user, Map<String, Object> change) {
        return client.call("PUT", GridClient.path("/users/{}", user), change, Map.of());
    }
}
