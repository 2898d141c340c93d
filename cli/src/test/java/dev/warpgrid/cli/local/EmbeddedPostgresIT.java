package dev.warpgrid.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warpgrid.cli.local.ProcessIdentity.Signal;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real PostgreSQL, started and stopped as {@code warp up} and {@code warp down} do. */
class EmbeddedPostgresIT {
    private static final Path JARS = Path.of(System.getProperty("warpgrid.postgresql", "target/dist/postgresql"));

    @TempDir
    private Path temporary;

    private DataFolder folder = new DataFolder(Path.of(""));
    private EmbeddedPostgres postgres = new EmbeddedPostgres(folder, JARS);

    @BeforeEach
    void makeFolder() throws IOException {
        // As /var/lib is: others may pass.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        folder = new DataFolder(temporary.resolve("grid"));
        folder.create();
        postgres = new EmbeddedPostgres(folder, JARS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (postgres.running().isPresent()) {
            EmbeddedPostgres.stop(postgres.running().get());
        }
    }

    @Test
    void takesTheGeneratedPasswordAndNoOther() throws Exception {
        int port = freePort();
        postgres.start(port);

        assertThat(query(port, postgres.password(), "SELECT current_user")).isEqualTo("warpgrid");
        assertThat(query(port, postgres.password(), "SELECT current_setting('fsync')"))
                .isEqualTo("on");
        assertThat(query(port, postgres.password(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThatThrownBy(() -> query(port, "wrong", "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsCommittedRowsThroughKillAndStartsAgain() throws Exception {
        int port = freePort();
        ProcessIdentity first = postgres.start(port);
        execute(port, "CREATE TABLE kept (n int)");
        execute(port, "INSERT INTO kept VALUES (42)");

        first.signal(Signal.KILL);
        assertThat(first.awaitEnd(10_000)).isTrue();
        ProcessIdentity second = postgres.start(port);

        assertThat(second).isNotEqualTo(first);
        assertThat(query(port, postgres.password(), "SELECT n FROM kept")).isEqualTo("42");
    }

    @Test
    void takesOverTheOneThatWasLeftRunning() throws Exception {
        int port = freePort();
        ProcessIdentity first = postgres.start(port);

        assertThat(new EmbeddedPostgres(folder, JARS).start(port)).isEqualTo(first);
    }

    @Test
    void movesTheOneThatWasLeftRunningToAnotherPort() throws Exception {
        ProcessIdentity first = postgres.start(freePort());
        int port = freePort();

        ProcessIdentity second = postgres.start(port);

        assertThat(first.alive()).isFalse();
        assertThat(second.alive()).isTrue();
        assertThat(query(port, postgres.password(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void leavesNoProcessWhenStopped() throws Exception {
        ProcessIdentity process = postgres.start(freePort());
        assertThat(process.session()).isEqualTo(process.pid());

        EmbeddedPostgres.stop(process);

        assertThat(process.alive()).isFalse();
        assertThat(postgres.running()).isEmpty();
        assertThat(membersOfSession(process.pid())).isZero();
    }

    @Test
    void beginsAnewAfterAnInterruptedFirstStart() throws Exception {
        Files.createDirectories(folder.file("postgres").resolve("data.new").resolve("base"));
        Files.createDirectories(folder.file("postgres").resolve("bin"));
        int port = freePort();

        postgres.start(port);

        assertThat(query(port, postgres.password(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void runsAsAnotherUserWhereRootMayNotUseNamespaces() throws Exception {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root needs this");
        postgres = new EmbeddedPostgres(folder, JARS, false);
        int port = freePort();

        ProcessIdentity process = postgres.start(port);

        assertThat((int) Files.getAttribute(Path.of("/proc/" + process.pid()), "unix:uid"))
                .isNotZero();
        assertThat(query(port, postgres.password(), "SELECT 1")).isEqualTo("1");
        // The data now belong to that user, and a later start must follow them.
        EmbeddedPostgres.stop(process);
        postgres = new EmbeddedPostgres(folder, JARS);
        postgres.start(port);
        assertThat(query(port, postgres.password(), "SELECT 1")).isEqualTo("1");
    }

    private String query(int port, String password, String sql) throws SQLException {
        try (Connection connection = connect(port, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private void execute(int port, String sql) throws SQLException {
        try (Connection connection = connect(port, postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(int port, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.DATABASE,
                EmbeddedPostgres.ROLE,
                password);
    }

    private static long membersOfSession(long leader) {
        return ProcessHandle.allProcesses()
                .map(handle -> ProcessIdentity.of(handle.pid()))
                .flatMap(java.util.Optional::stream)
                .filter(process -> process.session() == leader)
                .count();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
