package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.RoleBindingView;
import dev.warpgrid.api.RoleView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "role",
        description = "Lists roles.",
        subcommands = {
            RoleCommand.Set.class,
            RoleCommand.Delete.class,
            RoleCommand.Bindings.class,
            RoleCommand.Bind.class,
            RoleCommand.Unbind.class
        })
final class RoleCommand extends GridCommand {
    @Override
    public Integer call() {
        JsonElement answer = client().get("/roles");
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = new Table("ROLE", "KIND", "DESCRIPTION", "PERMISSIONS");
        for (JsonElement element : GridClient.items(answer)) {
            RoleView role = GridClient.decode(element, RoleView.class);
            table.cell(role.name())
                    .cell(role.builtIn() ? "built-in" : "own")
                    .cell(role.description())
                    .cell(String.join(", ", role.permissions()));
        }
        table.print(console());
        return done();
    }

    @Command(name = "set", description = "Makes a role or replaces it, of permissions that you hold.")
    static final class Set extends GridCommand {
        @Parameters(paramLabel = "ROLE", description = "Name of the role.")
        private String role = "";

        @Parameters(
                paramLabel = "PERMISSION",
                arity = "1..*",
                description = "Such as deployment:write; warp auth whoami lists yours.")
        private List<String> permissions = List.of();

        @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
        private String description = "";

        @Override
        public Integer call() {
            JsonElement answer = client().call(
                            "PUT",
                            GridClient.path("/roles/{}", role),
                            new TreeMap<>(Map.of("description", description, "permissions", permissions)),
                            Map.of());
            if (json()) {
                answerJson(answer);
            } else {
                console().answer("Role " + role + " permits " + String.join(", ", permissions) + ".");
            }
            return done();
        }
    }

    @Command(name = "delete", description = "Deletes a role that is bound nowhere.")
    static final class Delete extends GridCommand {
        @Parameters(paramLabel = "ROLE", description = "Name of the role.")
        private String role = "";

        @Override
        public Integer call() {
            client().call("DELETE", GridClient.path("/roles/{}", role), null, Map.of());
            if (!json()) {
                console().answer("Role " + role + " is deleted.");
            }
            return done();
        }
    }

    @Command(name = "bindings", description = "Lists who holds which role where.")
    static final class Bindings extends GridCommand {
        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAME",
                description = "Only those of this namespace.")
        private @Nullable String namespace;

        @Override
        public Integer call() {
            JsonElement answer = client().get(
                            "/role-bindings" + (namespace == null ? "" : GridClient.path("?namespace={}", namespace)));
            if (json()) {
                answerJson(answer);
                return done();
            }
            Table table = new Table("ID", "ROLE", "SUBJECT", "WHERE", "AGE", "BY");
            for (JsonElement element : GridClient.items(answer)) {
                RoleBindingView binding = GridClient.decode(element, RoleBindingView.class);
                table.cell(binding.id())
                        .cell(binding.role())
                        .cell(text(binding.subject()))
                        .cell(binding.namespace() == null ? "grid-wide" : binding.namespace())
                        .cell(Human.age(binding.createdAt(), console().clock().instant()))
                        .cell(binding.createdBy());
            }
            table.print(console());
            return done();
        }
    }

    @Command(name = "bind", description = "Gives a role to a user, a group or a service account.")
    static final class Bind extends GridCommand {
        @Parameters(paramLabel = "ROLE", description = "Name of the role.")
        private String role = "";

        @ArgGroup(multiplicity = "1")
        private To to = new To();

        @ArgGroup(multiplicity = "1")
        private Where where = new Where();

        static final class To {
            @Option(names = "--user", paramLabel = "USER", description = "To this user.")
            private @Nullable String user;

            @Option(names = "--group", paramLabel = "GROUP", description = "To this group of the identity provider.")
            private @Nullable String group;

            @Option(names = "--service-account", paramLabel = "NS/NAME", description = "To this service account.")
            private @Nullable String account;

            Subject subject() {
                if (user != null) {
                    return new Subject(Subject.Kind.USER, user);
                }
                if (group != null) {
                    return new Subject(Subject.Kind.GROUP, group);
                }
                if (account != null) {
                    return new Subject(Subject.Kind.SERVICE_ACCOUNT, account);
                }
                throw new Failure(ExitCode.USAGE, "Name a --user, a --group or a --service-account.");
            }
        }

        static final class Where {
            @Option(
                    names = {"-n", "--namespace"},
                    paramLabel = "NAME",
                    description = "In this namespace.")
            private @Nullable String namespace;

            @Option(names = "--grid-wide", description = "In the whole grid.")
            @SuppressWarnings("UnusedVariable") // Its absence is what counts, and the parser sees to it.
            private boolean gridWide;
        }

        @Override
        public Integer call() {
            Subject subject = to.subject();
            Map<String, Object> body = new TreeMap<>(Map.of("role", role, "subject", subject));
            if (where.namespace != null) {
                body.put("namespace", where.namespace);
            }
            JsonElement answer = client().call("POST", "/role-bindings", body, Map.of());
            if (json()) {
                answerJson(answer);
            } else {
                console()
                        .answer("The " + text(subject) + " holds " + role
                                + (where.namespace == null ? " grid-wide." : " in namespace " + where.namespace + "."));
            }
            return done();
        }
    }

    @Command(name = "unbind", description = "Takes a role away, at once.")
    static final class Unbind extends GridCommand {
        @Parameters(paramLabel = "ID", description = "Id of the binding; warp role bindings lists them.")
        private String id = "";

        @Override
        public Integer call() {
            client().call("DELETE", GridClient.path("/role-bindings/{}", id), null, Map.of());
            if (!json()) {
                console().answer("Binding " + id + " is deleted.");
            }
            return done();
        }
    }

    private static String text(Subject subject) {
        return switch (subject.kind()) {
                    case USER -> "user ";
                    case GROUP -> "group ";
                    case SERVICE_ACCOUNT -> "service account ";
                }
                + subject.name();
    }
}
