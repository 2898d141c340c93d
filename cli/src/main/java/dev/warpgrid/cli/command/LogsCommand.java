package dev.warpgrid.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.EventStream;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.local.Waiting;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.Palette;
import dev.warpgrid.cli.output.Table;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Shows what a deployment's instances have written; with -o json one record on each line.")
final class LogsCommand extends NamespacedCommand {
    private static final int SHORT_INSTANCE = 8;
    private static final long RECONNECT_MILLIS = 1_000;
    private static final int RECONNECTS = 30;

    @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines until Ctrl-C.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "COUNT", description = "How many stored lines come first; 100 by default.")
    private int tail = LogQuery.DEFAULT_TAIL;

    @Option(names = "--since", paramLabel = "TIME", description = "Only lines younger than 10m, or after a time.")
    private @Nullable String since;

    @Option(names = "--instance", paramLabel = "ID", description = "Only lines of this instance.")
    private @Nullable String instance;

    @Option(names = "--grep", paramLabel = "REGEX", description = "Only lines in which this is found.")
    private @Nullable String grep;

    /** Time of the newest line, from which a broken stream goes on. */
    private Instant lastSeen = Instant.EPOCH;

    private final DateTimeFormatter time =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone());

    @Override
    public Integer call() throws InterruptedException {
        LogQuery query = new LogQuery(instance, tail, follow, since());
        Pattern pattern = pattern();
        GridClient client = client();
        int failures = 0;
        while (true) {
            Instant seenBefore = lastSeen;
            try (EventStream stream = client.stream(path(query), Map.of())) {
                if (ended(stream, pattern)) {
                    return done();
                }
                throw new IOException("the server closed it");
            } catch (IOException e) {
                failures = lastSeen.equals(seenBefore) ? failures + 1 : 1;
                if (!follow || failures > RECONNECTS) {
                    throw new Failure(
                            ExitCode.UNAVAILABLE,
                            "The log stream broke (" + e.getMessage()
                                    + "): run the command again, with --since to skip what you saw.",
                            e);
                }
                console().note("The log stream broke (" + e.getMessage() + "); going on after the last line.");
            } catch (Failure e) {
                failures++;
                if (e.exitCode() != ExitCode.UNAVAILABLE || failures == 1 || failures > RECONNECTS) {
                    throw e;
                }
            }
            if (!lastSeen.equals(Instant.EPOCH)) {
                query = new LogQuery(instance, LogQuery.MAXIMUM_TAIL, true, lastSeen);
            }
            Waiting.until(RECONNECT_MILLIS, () -> false);
        }
    }

    /** Prints what comes. @return whether the server said that this was all */
    private boolean ended(EventStream stream, @Nullable Pattern pattern) throws IOException {
        Optional<EventStream.Event> event = stream.next();
        while (event.isPresent() && !event.get().name().equals("end")) {
            take(event.get(), pattern);
            event = stream.next();
        }
        return event.isPresent();
    }

    private String path(LogQuery query) {
        StringBuilder path = new StringBuilder(Deployer.deploymentPath(namespace(), name))
                .append("/logs?tail=")
                .append(query.tail())
                .append("&follow=")
                .append(query.follow());
        if (query.instance() != null) {
            path.append(GridClient.path("&instance={}", query.instance()));
        }
        if (query.since() != null) {
            path.append(GridClient.path("&since={}", query.since().toString()));
        }
        return path.toString();
    }

    private @Nullable Instant since() {
        if (since == null) {
            return null;
        }
        try {
            return Instant.parse(since);
        } catch (java.time.format.DateTimeParseException e) {
            return console().clock().instant().minus(Durations.parse("--since", since));
        }
    }

    private @Nullable Pattern pattern() {
        try {
            return grep == null ? null : Pattern.compile(grep);
        } catch (PatternSyntaxException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--grep is no regular expression (" + e.getDescription() + "): quote it with \\Q and \\E.",
                    e);
        }
    }

    private void take(EventStream.Event event, @Nullable Pattern pattern) {
        switch (event.name()) {
            case "lines" -> lines(event.data(), pattern);
            case "dropped" ->
                console()
                        .note(event.data().strip()
                                + " lines were lost here, because they came faster than they were read.");
            default -> {
                // A newer server may say more than this command knows.
            }
        }
    }

    private void lines(String data, @Nullable Pattern pattern) {
        JsonArray lines;
        try {
            lines = JsonParser.parseString(data).getAsJsonArray();
        } catch (JsonParseException | IllegalStateException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The server sent log lines that do not read as JSON: use a warp of its version.",
                    e);
        }
        for (JsonElement element : lines) {
            LogEntry line = GridClient.decode(element, LogEntry.class);
            lastSeen = line.at().isAfter(lastSeen) ? line.at() : lastSeen;
            if (pattern != null && !pattern.matcher(line.text()).find()) {
                continue;
            }
            console().answer(json() ? Json.line(element) : text(line));
        }
        console().out().flush();
    }

    private String text(LogEntry line) {
        Palette palette = console().palette();
        String id = line.instance();
        String source = time.format(line.at()) + " "
                + (id.length() > SHORT_INSTANCE ? id.substring(id.length() - SHORT_INSTANCE) : id);
        String text = Table.printable(line.text());
        return palette.quiet(source) + " "
                + switch (line.level()) {
                    case "error", "critical" -> palette.bad(text);
                    case "warn", "warning" -> palette.warning(text);
                    case "trace", "debug" -> palette.quiet(text);
                    default -> text;
                };
    }

    private static ZoneId zone() {
        return ZoneId.systemDefault();
    }
}
