package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.ProcessIdentity.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The management server: one Open Liberty process whose configuration is made anew from the built template at each start. */
public final class LocalServer {
    /** The first start unpacks features and migrates an empty database, on a machine that may be busy. */
    private static final long START_MILLIS = 300_000;

    private static final long STOP_MILLIS = 45_000;
    private static final String NAME = "warpgrid";
    private static final int LOG_LINES = 12;
    /** Liberty's message that an application did not start. */
    private static final String FAILED = "CWWKZ0002E";

    private final DataFolder folder;
    private final Installation installation;

    public LocalServer(DataFolder folder, Installation installation) {
        this.folder = folder;
        this.installation = installation;
    }

    /** Starts it; returns at once. */
    public ProcessIdentity start(GridPorts ports, String databasePassword) {
        configure();
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("WLP_USER_DIR", folder.file("server").toString());
        environment.put("WARPGRID_DB_HOST", EmbeddedPostgres.HOST);
        environment.put("WARPGRID_DB_PORT", Integer.toString(ports.postgres()));
        environment.put("WARPGRID_DB_NAME", EmbeddedPostgres.DATABASE);
        environment.put("WARPGRID_DB_USER", EmbeddedPostgres.ROLE);
        environment.put("WARPGRID_DB_PASSWORD", databasePassword);
        environment.put("WARPGRID_HTTPS_PORT", Integer.toString(ports.https()));
        environment.put("WARPGRID_HTTP_PORT", Integer.toString(ports.http()));
        environment.put("WARPGRID_AGENT_PORT", Integer.toString(ports.agent()));
        environment.put("WARPGRID_INGRESS_PORT", Integer.toString(ports.ingress()));
        environment.put("WARPGRID_SERVER_HOME", home().toString());
        return Detached.start(
                List.of(installation.server().resolve("wlp/bin/server").toString(), "run", NAME),
                environment,
                folder.path(),
                folder.log("server"));
    }

    /** Waits until it is ready, or says why it will not be. */
    public void awaitReady(ProcessIdentity process, GridPorts ports) throws InterruptedException {
        Path log = folder.log("server");
        boolean ready = Waiting.until(
                        START_MILLIS,
                        () -> !process.alive()
                                || LocalHealth.ready(ports.http())
                                || LogTail.line(log, FAILED).isPresent())
                && process.alive();
        Optional<String> failed = LogTail.line(log, FAILED);
        if (failed.isPresent()) {
            // Liberty stays up without the application, which is of no use to anybody.
            stop(process);
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "The server's application did not start; its log " + log + " says: " + failed.get());
        }
        if (!ready) {
            String how = process.alive() ? "is not ready after " + START_MILLIS / 60_000 + " minutes" : "ended";
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "The server " + how + "; its log " + log + " ends: "
                            + String.join(" / ", LogTail.last(log, LOG_LINES)));
        }
        publish("pki/ca.pem", DataFolder.AUTHORITY);
        publish("initial-admin-password", DataFolder.ADMIN_PASSWORD);
    }

    public static void stop(ProcessIdentity process) throws InterruptedException {
        process.end(Signal.TERM, STOP_MILLIS);
    }

    private Path home() {
        return folder.file("server-home");
    }

    /** Copies a file of the server's to where the context looks for it; what the server has given up goes there too. */
    private void publish(String from, String to) {
        Path source = home().resolve(from);
        try {
            if (Files.exists(source)) {
                folder.write(to, Files.readString(source));
            } else {
                folder.remove(to);
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILURE, "The file " + source + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private void configure() {
        Path server = folder.file("server").resolve("servers").resolve(NAME);
        try {
            Files.createDirectories(server);
            Files.createDirectories(home());
            Path built = installation.server();
            copyTree(built.resolve("config"), server);
            // Copies, not links: a build must not change what a running server has open.
            if (copyTree(built.resolve("apps"), server.resolve("apps"))) {
                // Liberty keeps the WAR's libraries unpacked and tells old from new by times, which our builds fix.
                Folders.delete(server.resolve("workarea"));
            }
            copyTree(built.resolve("jdbc"), server.resolve("jdbc"));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The server's folder " + server + " could not be made (" + e.getMessage()
                            + "): free disk space, and check that the server is built.",
                    e);
        }
    }

    /** @return whether anything was copied */
    private static boolean copyTree(Path from, Path to) throws IOException {
        boolean changed = false;
        if (!Files.isDirectory(from)) {
            return changed;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (differs(file, copy)) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                    changed = true;
                }
            }
        }
        return changed;
    }

    private static boolean differs(Path file, Path copy) throws IOException {
        return !Files.exists(copy)
                || Files.size(file) != Files.size(copy)
                || !Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(copy));
    }
}
