package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.ProcessIdentity.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent of this machine: a plain JVM process that joins the local server with a one-time token. */
public final class LocalAgent {
    private static final long START_MILLIS = 120_000;
    /** It drains for 10 s; then it has time to close what it holds. */
    private static final long STOP_MILLIS = 25_000;

    private static final int LOG_LINES = 8;
    private static final String MAIN = "dev.warpgrid.agent.Main";
    private static final String JOIN_TOKEN = "join-token";

    private final DataFolder folder;
    private final Installation installation;

    public LocalAgent(DataFolder folder, Installation installation) {
        this.folder = folder;
        this.installation = installation;
    }

    /** Whether it has joined before, so that it needs no token. */
    public boolean joined() {
        Path identity = home().resolve("identity");
        try (java.util.stream.Stream<Path> files = Files.list(identity)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** @param joinToken null where it has joined before */
    public ProcessIdentity start(GridPorts ports, @Nullable String joinToken) {
        Path dist = installation.agent();
        List<String> command = new ArrayList<>(List.of(Installation.java().toString()));
        if (Files.exists(dist.resolve("jvm.options"))) {
            command.add("@jvm.options");
        }
        command.addAll(List.of(
                "-cp",
                "lib/*",
                MAIN,
                "--home",
                home().toString(),
                "--server",
                "localhost:" + ports.agent(),
                "--ingress-port",
                Integer.toString(ports.ingress()),
                "--health-port",
                Integer.toString(ports.health()),
                "--mesh-port",
                Integer.toString(ports.mesh())));
        if (joinToken != null) {
            folder.write(JOIN_TOKEN, joinToken);
            command.addAll(List.of("--join-token-file", folder.file(JOIN_TOKEN).toString()));
        }
        return Detached.start(command, Map.of(), dist, folder.log("agent"));
    }

    /** Waits until it is connected and serves, or says why it will not. */
    public void awaitReady(ProcessIdentity process, GridPorts ports) throws InterruptedException {
        boolean ready = Waiting.until(START_MILLIS, () -> !process.alive() || LocalHealth.ready(ports.health()))
                && process.alive();
        folder.remove(JOIN_TOKEN);
        if (!ready) {
            String how = process.alive() ? "is not ready after " + START_MILLIS / 60_000 + " minutes" : "ended";
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "The agent " + how + "; its log " + folder.log("agent") + " ends: "
                            + String.join(" / ", LogTail.last(folder.log("agent"), LOG_LINES)));
        }
    }

    public static void stop(ProcessIdentity process) throws InterruptedException {
        process.end(Signal.TERM, STOP_MILLIS);
    }

    private Path home() {
        return folder.file("agent");
    }
}
