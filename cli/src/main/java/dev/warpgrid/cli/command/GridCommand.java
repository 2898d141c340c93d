package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.client.Targets;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.OutputFormat;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has: a way to answer and a grid to ask. */
abstract class GridCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Answer as ${COMPLETION-CANDIDATES}; table is the default.")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder of a grid of this machine.")
    private @Nullable Path data;

    OutputFormat output() {
        return output;
    }

    boolean json() {
        return output == OutputFormat.JSON;
    }

    CommandSpec spec() {
        return spec;
    }

    Warp warp() {
        return (Warp) spec.root().userObject();
    }

    Console console() {
        return warp().console();
    }

    Environment environment() {
        return warp().environment();
    }

    DataFolder dataFolder() {
        return new DataFolder(data == null ? environment().dataFolder() : data);
    }

    /** Where {@code --data} points; null where it was not given. */
    @Nullable
    Path data() {
        return data;
    }

    GridClient client() {
        return new GridClient(Targets.find(environment(), data));
    }

    void answerJson(Object value) {
        console().answer(Json.pretty(value));
    }

    /** The server's own JSON, so that nothing it says is lost. */
    void answerJson(JsonElement value) {
        console().answer(Json.pretty(value));
    }

    static int done() {
        return ExitCode.OK.status();
    }
}
