package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.warpgrid.api.EventView;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.EventStream;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.local.Waiting;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.Palette;
import dev.warpgrid.cli.output.Table;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "events", description = "Shows what has happened, newest last.")
final class EventsCommand extends NamespacedCommand {
    private static final long RECONNECT_MILLIS = 1_000;
    private static final int RECONNECTS = 30;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only events of this deployment.")
    private @Nullable String deployment;

    @Option(names = "--node", paramLabel = "NODE", description = "Only events of this node.")
    private @Nullable String node;

    @Option(names = "--limit", paramLabel = "COUNT", description = "How many of the newest; 50 by default.")
    private int limit = 50;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new events until Ctrl-C; with -o json one record on each line.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        GridClient client = client();
        JsonElement answer = client.get("/events?limit=" + limit + filter());
        if (json() && !follow) {
            answerJson(answer);
            return done();
        }
        long last = 0;
        Table table = new Table("AGE", "SEVERITY", "REASON", "ABOUT", "MESSAGE");
        for (JsonElement element : GridClient.items(answer)) {
            EventView event = GridClient.decode(element, EventView.class);
            last = Math.max(last, event.id());
            if (json()) {
                console().answer(Json.line(element));
            } else {
                row(table, event);
            }
        }
        if (!json() && (table.rows() > 0 || !follow)) {
            table.print(console());
        }
        if (follow) {
            follow(client, last);
        }
        return done();
    }

    private String filter() {
        StringBuilder filter = new StringBuilder();
        String namespace = namedNamespace() == null && deployment != null ? DEFAULT_NAMESPACE : namedNamespace();
        if (namespace != null) {
            filter.append(GridClient.path("&namespace={}", namespace));
        }
        if (deployment != null) {
            filter.append(GridClient.path("&deployment={}", deployment));
        }
        if (node != null) {
            filter.append(GridClient.path("&node={}", node));
        }
        return filter.toString();
    }

    private void row(Table table, EventView event) {
        table.cell(Human.age(event.at(), console().clock().instant()))
                .cell(event.severity().name(), console().palette()::state)
                .cell(event.reason())
                .cell(about(event))
                .cell(event.message() + times(event));
    }

    private static String times(EventView event) {
        return event.count() > 1 ? " (" + event.count() + " times)" : "";
    }

    private static String about(EventView event) {
        if (event.deployment() != null) {
            return event.namespace() + "/" + event.deployment();
        }
        return event.node() != null ? "node " + event.node() : event.namespace() != null ? event.namespace() : "grid";
    }

    /** Goes on after the last event seen, also when the connection breaks in between. */
    private void follow(GridClient client, long from) throws InterruptedException {
        long last = from;
        int failures = 0;
        while (true) {
            String after = Long.toString(last);
            try (EventStream stream = client.stream("/events?watch=true" + filter(), Map.of("Last-Event-ID", after))) {
                Optional<EventStream.Event> next = stream.next();
                while (next.isPresent()) {
                    failures = 0;
                    if (next.get().data().startsWith("{")) {
                        last = Math.max(last, print(next.get().data()));
                    }
                    next = stream.next();
                }
            } catch (IOException e) {
                console().note("The connection broke (" + e.getMessage() + "); trying again.");
            } catch (Failure e) {
                if (e.exitCode() != ExitCode.UNAVAILABLE || failures >= RECONNECTS) {
                    throw e;
                }
            }
            failures++;
            Waiting.until(RECONNECT_MILLIS, () -> false);
        }
    }

    private long print(String data) {
        JsonElement element = JsonParser.parseString(data);
        EventView event = GridClient.decode(element, EventView.class);
        Palette palette = console().palette();
        console()
                .answer(
                        json()
                                ? Json.line(element)
                                : palette.quiet(event.at().toString()) + " "
                                        + palette.state(event.severity().name()) + " "
                                        + event.reason() + " " + about(event) + ": " + Table.printable(event.message())
                                        + times(event));
        return event.id();
    }
}
