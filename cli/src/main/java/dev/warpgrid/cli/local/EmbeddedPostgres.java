package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.ProcessIdentity.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL on loopback with its data in the data folder: made once, durable ({@code fsync} stays on), reached with a
 * generated password (SCRAM-SHA-256) and over TCP only. The application's role owns its database and is no superuser.
 */
public final class EmbeddedPostgres {
    public static final String HOST = "127.0.0.1";
    public static final String DATABASE = "warpgrid";
    public static final String ROLE = "warpgrid";
    /** File of the data folder with the role's password. */
    public static final String PASSWORD = "postgres-password";

    private static final long START_MILLIS = 60_000;
    private static final long STOP_MILLIS = 30_000;
    private static final int PASSWORD_BYTES = 24;
    private static final int LOG_LINES = 8;
    /** Line of {@code postmaster.pid} (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PM_STATUS), counted from 0. */
    private static final int PID_LINE = 0;

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;
    private static final Map<String, String> LOCALE = Map.of("LC_ALL", "C");

    private final DataFolder folder;
    private final Path jars;
    private final boolean namespaces;

    /** @param jars folder with the jar that holds PostgreSQL's programs */
    public EmbeddedPostgres(DataFolder folder, Path jars) {
        this(folder, jars, true);
    }

    /** @param namespaces whether root may use a user namespace; tests of the other way say no */
    EmbeddedPostgres(DataFolder folder, Path jars, boolean namespaces) {
        this.folder = folder;
        this.jars = jars;
        this.namespaces = namespaces;
    }

    /** Starts it, or finds the one that was left running, and waits until it takes connections. */
    public ProcessIdentity start(int port) throws InterruptedException {
        Path home = prepare();
        Optional<ProcessIdentity> running = running();
        if (running.isPresent()) {
            if (runsOn(port) && ready()) {
                return running.get();
            }
            running.get().end(Signal.INT, STOP_MILLIS);
        }
        Path binaries = PostgresBinaries.unpack(jars, home.resolve("bin"));
        Account account = Account.choose(home, namespaces);
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialise(binaries, account, home);
        }
        account.own(home);
        return launch(account, binaries, port);
    }

    /** Ends it in order: connections are cut, everything is written, then it exits. */
    public static void stop(ProcessIdentity process) throws InterruptedException {
        process.signal(Signal.INT);
        if (!process.awaitEnd(STOP_MILLIS)) {
            process.end(Signal.QUIT, STOP_MILLIS);
        }
    }

    /** The process that has this folder's data open, whoever started it. */
    public Optional<ProcessIdentity> running() {
        List<String> lines = pidFile();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            return ProcessIdentity.of(Long.parseLong(lines.get(PID_LINE).strip()))
                    .filter(ProcessIdentity::alive)
                    .filter(process -> process.commandLine().contains(data().toString()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public String password() {
        return folder.read(PASSWORD)
                .orElseThrow(() -> new Failure(
                        ExitCode.FAILURE,
                        "The database's password is missing (" + folder.file(PASSWORD)
                                + "): put the file back, or start with an empty folder (--data)."));
    }

    private Path data() {
        return folder.file("postgres").resolve("data");
    }

    private Path prepare() {
        Path home = folder.file("postgres");
        try {
            Files.createDirectories(home.resolve("bin"));
            return home;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILURE, "The folder " + home + " cannot be made (" + e.getMessage() + ").", e);
        }
    }

    /** In a folder of another name first, so that an interrupted first start leaves nothing that looks complete. */
    private void initialise(Path binaries, Account account, Path home) throws InterruptedException {
        Path fresh = home.resolve("data.new");
        Path secret = home.resolve("superuser-password");
        String password = folder.read(PASSWORD).orElseGet(EmbeddedPostgres::randomText);
        folder.write(PASSWORD, password);
        try {
            Folders.delete(fresh);
            Files.writeString(secret, randomText());
            account.own(home);
            // The builtin locale provider needs no locale of the operating system's.
            expect(
                    "initdb",
                    Commands.run(
                            account.command(
                                    binaries.resolve("bin/initdb").toString(),
                                    "--pgdata=" + fresh,
                                    "--username=postgres",
                                    "--auth=scram-sha-256",
                                    "--pwfile=" + secret,
                                    "--encoding=UTF8",
                                    "--locale-provider=builtin",
                                    "--builtin-locale=C.UTF-8",
                                    "--locale=C"),
                            LOCALE,
                            home,
                            ""));
            // The programs come without psql; the single-user mode reads one statement from each line.
            expect(
                    "the first statements",
                    Commands.run(
                            account.command(
                                    binaries.resolve("bin/postgres").toString(),
                                    "--single",
                                    "-j",
                                    "-D",
                                    fresh.toString(),
                                    "postgres"),
                            LOCALE,
                            home,
                            "CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + password + "';\n\n" + "CREATE DATABASE "
                                    + DATABASE + " OWNER " + ROLE + ";\n\n"));
            Files.move(fresh, data());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The database could not be made in " + home + " (" + e.getMessage() + "): free disk space.",
                    e);
        } finally {
            secret.toFile().delete();
        }
    }

    private static void expect(String step, Commands.Result result) {
        if (!result.ok()
                || result.output().contains("ERROR:")
                || result.output().contains("FATAL:")) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "PostgreSQL's " + step + " failed: "
                            + result.output()
                                    .strip()
                                    .lines()
                                    .reduce((a, b) -> b)
                                    .orElse("it said nothing"));
        }
    }

    private ProcessIdentity launch(Account account, Path binaries, int port) throws InterruptedException {
        Path log = folder.log("postgres");
        long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
        while (true) {
            ProcessIdentity process = Detached.start(
                    account.command(
                            binaries.resolve("bin/postgres").toString(),
                            "-D",
                            data().toString(),
                            "-c",
                            "listen_addresses=" + HOST,
                            "-c",
                            "port=" + port,
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "fsync=on",
                            "-c",
                            "password_encryption=scram-sha-256"),
                    LOCALE,
                    folder.path(),
                    log);
            boolean up = Waiting.until(
                    Math.max(0, (deadline - System.nanoTime()) / 1_000_000),
                    () -> !process.alive() || (belongsTo(process) && ready()));
            if (up && process.alive()) {
                return process;
            }
            List<String> last = LogTail.last(log, LOG_LINES);
            // After a kill the old backends need a moment to notice; until then the shared memory is theirs.
            boolean busy = last.stream().anyMatch(line -> line.contains("shared memory block"));
            if (!busy || System.nanoTime() - deadline >= 0) {
                process.end(Signal.INT, STOP_MILLIS);
                throw new Failure(
                        ExitCode.FAILURE,
                        "PostgreSQL did not start; its log " + log + " ends: " + String.join(" / ", last));
            }
            Waiting.until(500, () -> false);
        }
    }

    private boolean belongsTo(ProcessIdentity process) {
        List<String> lines = pidFile();
        return !lines.isEmpty() && lines.get(PID_LINE).strip().equals(Long.toString(process.pid()));
    }

    private boolean ready() {
        List<String> lines = pidFile();
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    private boolean runsOn(int port) {
        List<String> lines = pidFile();
        return lines.size() > PORT_LINE && lines.get(PORT_LINE).strip().equals(Integer.toString(port));
    }

    private List<String> pidFile() {
        try {
            return Files.readAllLines(data().resolve("postmaster.pid"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String randomText() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
