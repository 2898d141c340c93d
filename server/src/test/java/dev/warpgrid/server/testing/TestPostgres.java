package dev.warpgrid.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL of its own for one test class: the real program, with scram passwords and fsync as in production. It can be
 * stopped and started again, which is how tests take the database away.
 */
public final class TestPostgres implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(1);
    private static final String PASSWORD = "test-password";

    private final Path folder;
    private final Path binaries;
    private final int port;
    private final boolean asNobody;
    private int databases;

    private TestPostgres(Path folder, int port) {
        this.folder = folder;
        this.binaries = folder.resolve("program");
        this.port = port;
        this.asNobody = ProcessHandle.current().info().user().orElse("").equals("root");
    }

    public static TestPostgres start() {
        try {
            Path folder = Files.createTempDirectory("warpgrid-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            TestPostgres postgres = new TestPostgres(folder, freePort());
            postgres.unpack();
            postgres.initialise();
            postgres.resume();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String user() {
        return "postgres";
    }

    public String password() {
        return PASSWORD;
    }

    /** An empty database, never handed out before. */
    public synchronized String newDatabase() {
        String name = "test" + ++databases;
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user());
        login.setProperty("password", PASSWORD);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, login);
    }

    /** Takes the database away at once, as a crash would. */
    public void pause() {
        run("pg_ctl", "stop", "-D", data(), "-m", "immediate", "-w");
    }

    public void resume() {
        run(
                "pg_ctl",
                "start",
                "-D",
                data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
    }

    @Override
    public void close() {
        pause();
        run("rm", "-rf", data());
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        return folder.resolve("owned/data").toString();
    }

    private void unpack() throws IOException {
        Files.createDirectories(binaries);
        Path archive = folder.resolve("postgres.tar");
        try (InputStream compressed = TestPostgres.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
            if (compressed == null) {
                throw new IllegalStateException("The PostgreSQL binaries are not on the class path: check the POM.");
            }
            try (InputStream plain = new XZInputStream(compressed);
                    OutputStream out = Files.newOutputStream(archive)) {
                plain.transferTo(out);
            }
        }
        execute(List.of("tar", "-xf", archive.toString(), "-C", binaries.toString()));
        Files.delete(archive);
    }

    private void initialise() throws IOException {
        Path owned = Files.createDirectory(folder.resolve("owned"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createFile(folder.resolve("log"));
        if (asNobody) {
            var nobody =
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(owned, nobody);
            Files.setOwner(folder.resolve("log"), nobody);
        }
        run(
                "initdb",
                "-D",
                data(),
                "-U",
                user(),
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
    }

    /** PostgreSQL refuses to run as root. */
    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (asNobody) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        Path ours = binaries.resolve("bin").resolve(program);
        command.add(Files.exists(ours) ? ours.toString() : program);
        command.addAll(List.of(arguments));
        execute(command);
    }

    private void execute(List<String> command) {
        try {
            Path output = Files.createTempFile("warpgrid-command", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(START_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end within " + START_DEADLINE);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        command + " ended with " + process.exitValue() + ": " + Files.readString(output));
            }
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
