package dev.warpgrid.cli.command;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.GridPorts;
import dev.warpgrid.cli.local.GridRecord;
import dev.warpgrid.cli.local.GridRecord.Part;
import dev.warpgrid.cli.local.Installation;
import dev.warpgrid.cli.output.Palette;
import dev.warpgrid.cli.up.Foreground;
import dev.warpgrid.cli.up.LocalGrid;
import dev.warpgrid.cli.up.UpAnswer;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Starts a grid on this machine: PostgreSQL, server and one agent, with a sample deployed.",
            "Where the grid runs already, only what has died is started again."
        })
final class UpCommand extends GridCommand {
    /** Set by the launcher when it only asks whether a build is needed: {@code missing}, {@code stale} or {@code fresh}. */
    private static final String BUILD_STATE = "warp.build";

    @Option(names = "--detach", description = "Return when all is ready; without it, stay and stop the grid on Ctrl-C.")
    private boolean detach;

    @Option(names = "--no-sample", description = "Deploy nothing.")
    private boolean noSample;

    @Option(names = "--https-port", paramLabel = "PORT", description = "Dashboard and REST; 9443 by default.")
    private @Nullable Integer https;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Server's health, loopback only; 9080 by default.")
    private @Nullable Integer http;

    @Option(names = "--agent-port", paramLabel = "PORT", description = "Where agents join; 9444 by default.")
    private @Nullable Integer agent;

    @Option(names = "--ingress-port", paramLabel = "PORT", description = "Where deployments answer; 8080 by default.")
    private @Nullable Integer ingress;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            description = "Agent's health, loopback only; 9446 by default.")
    private @Nullable Integer health;

    @Option(names = "--postgres-port", paramLabel = "PORT", description = "PostgreSQL, loopback only; 9432 by default.")
    private @Nullable Integer postgres;

    @Option(
            names = "--mesh-port",
            paramLabel = "PORT",
            description = "Where the agent takes requests from other nodes; 9445 by default.")
    private @Nullable Integer mesh;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = new Installation(environment().installation());
        LocalGrid grid = new LocalGrid(dataFolder(), installation, console());
        GridPorts ports = ports();
        grid.check(ports);
        String build = System.getProperty(BUILD_STATE);
        if (build != null) {
            return (needsBuild(grid, build) ? ExitCode.BUILD_NEEDED : ExitCode.OK).status();
        }
        if (detach) {
            print(grid.up(ports, !noSample));
            return done();
        }
        Foreground foreground = new Foreground(grid, dataFolder(), ports, console());
        foreground.stopOnInterrupt();
        try {
            print(grid.up(ports, !noSample));
        } catch (Failure e) {
            // It may be another command's grid; only what the person ends by hand is to be stopped.
            foreground.leave();
            throw e;
        }
        return foreground.follow().status();
    }

    /** A grid of which parts still run is mended with the build it was started from; a new one starts from the newest. */
    private static boolean needsBuild(LocalGrid grid, String build) {
        Set<Part> missing = grid.missing();
        boolean nothingRuns = missing.contains(Part.SERVER) && missing.contains(Part.AGENT);
        boolean needsParts = missing.contains(Part.SERVER) || missing.contains(Part.AGENT);
        return needsParts && (build.equals("missing") || (build.equals("stale") && nothingRuns));
    }

    /** What was asked for, else what the folder's grid had before, else the defaults. */
    private GridPorts ports() {
        GridPorts base = dataFolder().grid().map(GridRecord::ports).orElse(GridPorts.DEFAULT);
        return new GridPorts(
                https == null ? base.https() : https,
                http == null ? base.http() : http,
                agent == null ? base.agent() : agent,
                ingress == null ? base.ingress() : ingress,
                health == null ? base.health() : health,
                postgres == null ? base.postgres() : postgres,
                mesh == null ? base.mesh() : mesh);
    }

    private void print(UpAnswer answer) {
        if (json()) {
            answerJson(answer);
            return;
        }
        Palette palette = console().palette();
        console().answer("");
        console().answer("  Dashboard  " + palette.strong(answer.dashboard()));
        console().answer("  User       " + answer.user());
        if (answer.password() != null) {
            console().answer("  Password   " + answer.password());
        }
        console().answer("  Ingress    " + answer.ingress());
        console().answer("  Data       " + answer.dataDir());
        if (answer.sample() != null) {
            console().answer("  Try        " + palette.strong("curl " + answer.sample()));
        }
        console().answer("");
    }
}
