package dev.warpgrid.cli.up;

import dev.warpgrid.api.Deployment;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.local.EmbeddedPostgres;
import dev.warpgrid.cli.local.GridPorts;
import dev.warpgrid.cli.local.GridRecord;
import dev.warpgrid.cli.local.GridRecord.Part;
import dev.warpgrid.cli.local.Installation;
import dev.warpgrid.cli.local.LocalAgent;
import dev.warpgrid.cli.local.LocalServer;
import dev.warpgrid.cli.local.PortOwner;
import dev.warpgrid.cli.local.ProcessIdentity;
import dev.warpgrid.cli.output.Console;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grid of one machine. Bringing it up looks at what runs and starts only what does not, so that doing it again mends a
 * grid of which parts have died. Every process is written down as soon as it is started.
 */
public final class LocalGrid {
    private final DataFolder folder;
    private final Installation installation;
    private final Progress progress;
    private final EmbeddedPostgres postgres;
    private final LocalServer server;
    private final LocalAgent agent;

    public LocalGrid(DataFolder folder, Installation installation, Console console) {
        this.folder = folder;
        this.installation = installation;
        this.progress = new Progress(console);
        this.postgres = new EmbeddedPostgres(folder, installation.postgresql());
        this.server = new LocalServer(folder, installation);
        this.agent = new LocalAgent(folder, installation);
    }

    /** The parts that do not run. */
    public Set<Part> missing() {
        Set<Part> missing = EnumSet.allOf(Part.class);
        folder.grid().ifPresent(grid -> missing.removeIf(grid::alive));
        return missing;
    }

    /** Refuses ports that cannot be had, before anything is built or started. */
    public void check(GridPorts ports) {
        Set<Part> missing = missing();
        folder.grid().ifPresent(grid -> refuseOtherPorts(grid, ports, missing));
        checkPorts(ports, missing);
    }

    /**
     * Starts what does not run and waits until all is ready.
     *
     * @param sample deploy the sample where the grid has not had it
     */
    public UpAnswer up(GridPorts ports, boolean sample) throws InterruptedException {
        folder.create();
        try (DataFolder.Lock _ = folder.lock()) {
            GridRecord before = folder.grid().orElseGet(() -> GridRecord.stopped(ports));
            Set<Part> missing = missing();
            check(ports);
            refuseUnbuilt(missing);
            GridRecord grid = before.withPorts(ports);
            grid = startDatabase(grid, missing);
            grid = startServer(grid, missing);
            GridClient client = new Access(folder, ports).signIn();
            grid = startAgent(grid, missing, client);
            if (sample && !grid.sampleOffered()) {
                deploySample(client);
                grid = grid.withSampleOffered();
                folder.save(grid);
            }
            return answer(grid, Sample.answeringUrl(client).orElse(null));
        }
    }

    /** Ends all parts in order. @return what was ended */
    public Set<Part> down() throws InterruptedException {
        Optional<GridRecord> known = folder.grid();
        if (known.isEmpty()) {
            return EnumSet.noneOf(Part.class);
        }
        try (DataFolder.Lock _ = folder.lock()) {
            GridRecord grid = known.get();
            Set<Part> ended = EnumSet.noneOf(Part.class);
            for (Part next : List.of(Part.values()).reversed()) {
                Optional<ProcessIdentity> process = running(grid, next);
                if (process.isPresent()) {
                    progress.step("Stopping " + next.phrase(), () -> stop(next, process.get()));
                    ended.add(next);
                }
                grid = grid.with(next, null);
                folder.save(grid);
            }
            return ended;
        }
    }

    /** The database may have been started by a command that was killed before it could write that down. */
    private Optional<ProcessIdentity> running(GridRecord grid, Part part) {
        Optional<ProcessIdentity> process = grid.process(part).filter(ProcessIdentity::alive);
        return process.isEmpty() && part == Part.POSTGRES ? postgres.running() : process;
    }

    private ProcessIdentity stop(Part part, ProcessIdentity process) throws InterruptedException {
        switch (part) {
            case POSTGRES -> EmbeddedPostgres.stop(process);
            case SERVER -> LocalServer.stop(process);
            case AGENT -> LocalAgent.stop(process);
        }
        if (process.alive()) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The process of " + part.phrase() + " (" + process.pid()
                            + ") does not end: run warp down as the user who started it.");
        }
        return process;
    }

    private static void refuseOtherPorts(GridRecord before, GridPorts ports, Set<Part> missing) {
        if (missing.size() < Part.values().length && !before.ports().equals(ports)) {
            throw new Failure(
                    ExitCode.CONFLICT,
                    "The grid runs on other ports than those asked for: stop it with warp down, then start it with the new ones.");
        }
    }

    private void refuseUnbuilt(Set<Part> missing) {
        boolean needed = missing.contains(Part.SERVER) || missing.contains(Part.AGENT);
        if (needed && !installation.built()) {
            throw new Failure(
                    ExitCode.MISSING_PREREQUISITE,
                    "The server and the agent are not built in " + installation.root()
                            + ": start the grid with the launcher there, ./warp up, which builds them.");
        }
    }

    private void checkPorts(GridPorts ports, Set<Part> missing) {
        if (missing.contains(Part.POSTGRES) && postgres.running().isEmpty()) {
            checkPort(EmbeddedPostgres.HOST, ports.postgres(), "PostgreSQL", "--postgres-port");
        }
        if (missing.contains(Part.SERVER)) {
            checkPort("0.0.0.0", ports.https(), "dashboard and REST", "--https-port");
            checkPort("127.0.0.1", ports.http(), "server's health", "--http-port");
            checkPort("0.0.0.0", ports.agent(), "agents", "--agent-port");
        }
        if (missing.contains(Part.AGENT)) {
            checkPort("0.0.0.0", ports.ingress(), "ingress", "--ingress-port");
            checkPort("127.0.0.1", ports.health(), "agent's health", "--health-port");
            checkPort("0.0.0.0", ports.mesh(), "other nodes", "--mesh-port");
        }
    }

    private static void checkPort(String host, int port, String use, String option) {
        if (!PortOwner.isFree(host, port)) {
            throw new Failure(
                    ExitCode.CONFLICT,
                    String.format(
                            Locale.ROOT,
                            "Port %d (%s) is taken by %s: stop that, or choose another port with %s.",
                            port,
                            use,
                            PortOwner.describe(port),
                            option));
        }
    }

    private GridRecord startDatabase(GridRecord grid, Set<Part> missing) throws InterruptedException {
        if (!missing.contains(Part.POSTGRES)) {
            return grid;
        }
        ProcessIdentity process = progress.step(
                "Starting PostgreSQL", () -> postgres.start(grid.ports().postgres()));
        return saved(grid.with(Part.POSTGRES, process));
    }

    private GridRecord startServer(GridRecord grid, Set<Part> missing) throws InterruptedException {
        if (!missing.contains(Part.SERVER)) {
            ProcessIdentity running = grid.process(Part.SERVER).orElseThrow();
            server.awaitReady(running, grid.ports());
            return grid;
        }
        return progress.step("Starting the server", () -> {
            ProcessIdentity process = server.start(grid.ports(), postgres.password());
            GridRecord started = saved(grid.with(Part.SERVER, process));
            server.awaitReady(process, grid.ports());
            return started;
        });
    }

    private GridRecord startAgent(GridRecord grid, Set<Part> missing, GridClient client) throws InterruptedException {
        if (!missing.contains(Part.AGENT)) {
            agent.awaitReady(grid.process(Part.AGENT).orElseThrow(), grid.ports());
            return grid;
        }
        return progress.step("Starting the agent", () -> {
            String joinToken = agent.joined() ? null : Access.joinToken(client);
            ProcessIdentity process = agent.start(grid.ports(), joinToken);
            GridRecord started = saved(grid.with(Part.AGENT, process));
            agent.awaitReady(process, grid.ports());
            return started;
        });
    }

    private void deploySample(GridClient client) throws InterruptedException {
        if (!Files.exists(installation.sample())) {
            progress.note("The sample is not here (" + installation.sample() + "), so none is deployed.");
            return;
        }
        Deployment deployed = progress.step("Deploying the sample", () -> Sample.deploy(client, installation.sample()));
        if (deployed.status() != null && !deployed.status().sentence().isEmpty()) {
            progress.note("  " + deployed.status().sentence());
        }
    }

    private GridRecord saved(GridRecord grid) {
        folder.save(grid);
        return grid;
    }

    private UpAnswer answer(GridRecord grid, @Nullable String sample) {
        String server = grid.ports().server().toString();
        return new UpAnswer(
                server + "/",
                server + "/api/v1",
                grid.ports().ingressUrl().toString(),
                Access.USER,
                folder.read(DataFolder.ADMIN_PASSWORD).orElse(null),
                folder.path().toString(),
                sample);
    }
}
