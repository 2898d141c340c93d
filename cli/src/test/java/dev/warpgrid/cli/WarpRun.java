package dev.warpgrid.cli;

import dev.warpgrid.cli.command.Warp;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Palette;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** One run of the command line, in this JVM. */
public record WarpRun(int status, String out, String err) {
    /** The time at which every run happens. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public static WarpRun of(Environment environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Palette.PLAIN,
                0,
                () -> NOW);
        int status = new Warp(console, environment).run(arguments);
        return new WarpRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Against a fake grid, with an empty home. */
    public static WarpRun against(FakeGrid grid, Path home, String... arguments) {
        return of(
                new Environment(Map.of("WARP_SERVER", grid.address(), "WARP_TOKEN", "warp_id_secret"), home, home),
                arguments);
    }
}
