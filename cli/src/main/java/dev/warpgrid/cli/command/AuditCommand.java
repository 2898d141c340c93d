package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditVerification;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Lists who wrote what, and who tried, the newest first.",
        subcommands = {AuditCommand.Verify.class, AuditCommand.Export.class})
final class AuditCommand extends GridCommand {
    @Mixin
    private Filter filter = new Filter();

    @Option(names = "--limit", paramLabel = "N", description = "How many; 50 by default, 1000 at most.")
    private int limit = 50;

    /** Which entries. */
    static final class Filter {
        @Option(names = "--actor", paramLabel = "NAME", description = "Only what this user or service account did.")
        private @Nullable String actor;

        @Option(names = "--action", paramLabel = "ACTION", description = "Such as deployment, or deployment.apply.")
        private @Nullable String action;

        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAME",
                description = "Only what was done in this namespace.")
        private @Nullable String namespace;

        @Option(names = "--refused", description = "Only attempts that were refused.")
        private boolean refused;

        @Option(names = "--text", paramLabel = "TEXT", description = "Part of a name, a reason, or what changed.")
        private @Nullable String text;

        @Option(names = "--since", paramLabel = "TIME", description = "From then on, such as 2026-01-31T12:00:00Z.")
        private @Nullable String since;

        @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
        private @Nullable String until;

        String query() {
            return part("actor", actor)
                    + part("action", action)
                    + part("namespace", namespace)
                    + part("outcome", refused ? "REFUSED" : null)
                    + part("text", text)
                    + part("since", since)
                    + part("until", until);
        }

        private static String part(String name, @Nullable String value) {
            return value == null ? "" : GridClient.path("&" + name + "={}", value);
        }
    }

    @Override
    public Integer call() {
        JsonElement answer = client().get("/audit?limit=" + limit + filter.query());
        if (json()) {
            answerJson(answer);
            return done();
        }
        Table table = new Table("ID", "AGE", "ACTOR", "ACTION", "NAMESPACE", "RESOURCE", "OUTCOME", "FROM");
        for (JsonElement element : GridClient.items(answer)) {
            AuditEntry entry = GridClient.decode(element, AuditEntry.class);
            table.cell(Long.toString(entry.id()))
                    .cell(Human.age(entry.at(), console().clock().instant()))
                    .cell(entry.actor())
                    .cell(entry.action())
                    .cell(entry.namespace() == null ? "" : entry.namespace())
                    .cell(entry.resource())
                    .cell(entry.outcome() == AuditEntry.Outcome.DONE ? "done" : "refused: " + entry.detail())
                    .cell(entry.origin());
        }
        table.print(console());
        return done();
    }

    @Command(
            name = "verify",
            description = {
                "Says whether the trail is as it was written; ends with 1 where it is not.",
                "Note the last id and hash elsewhere: --expect then tells whether the end was cut off."
            })
    static final class Verify extends GridCommand {
        @Option(names = "--expect", paramLabel = "ID:HASH", description = "An entry noted before, which must be there.")
        private @Nullable String expected;

        @Override
        public Integer call() {
            JsonElement answer = client().get("/audit/verify");
            AuditVerification verified = GridClient.decode(answer, AuditVerification.class);
            boolean there = expected == null || isThere(expected, verified);
            if (json()) {
                answerJson(answer);
            } else {
                console().answer(verified.sentence());
                if (!there) {
                    console()
                            .answer("The entry " + expected
                                    + " is not in it: the trail's end was cut off or replaced.");
                }
            }
            return verified.intact() && there ? done() : ExitCode.FAILURE.status();
        }

        private boolean isThere(String noted, AuditVerification verified) {
            String[] parts = noted.split(":", 2);
            if (parts.length != 2 || !parts[0].matches("\\d{1,18}")) {
                throw new IllegalArgumentException("\"" + noted + "\" is no noted entry: write it as ID:HASH.");
            }
            long id = Long.parseLong(parts[0]);
            if (id == verified.lastId()) {
                return parts[1].equals(verified.lastHash());
            }
            if (id > verified.lastId()) {
                return false;
            }
            JsonElement answer = client().get("/audit?limit=1&before=" + (id + 1));
            return GridClient.items(answer).asList().stream()
                    .map(element -> GridClient.decode(element, AuditEntry.class))
                    // What went by the retention rule cannot be looked up, and is no sign of anything.
                    .allMatch(entry -> entry.id() != id || entry.hash().equals(parts[1]));
        }
    }

    @Command(name = "export", description = "Writes all entries, the oldest first, one JSON object in each line.")
    static final class Export extends GridCommand {
        @Mixin
        private Filter filter = new Filter();

        @Override
        public Integer call() {
            String query = filter.query();
            int[] status = {ExitCode.FAILURE.status()};
            client().lines("/audit/export" + (query.isEmpty() ? "" : "?" + query.substring(1)), line -> {
                JsonObject object = JsonParser.parseString(line).getAsJsonObject();
                if (object.has("entry")) {
                    console().answer(Json.line(object.get("entry")));
                } else if (object.has("end")) {
                    status[0] = done();
                }
            });
            if (status[0] != 0) {
                console().note("The export broke off before its end: run it again.");
            }
            return status[0];
        }
    }
}
