package dev.warpgrid.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.GridRecord.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temporary;

    private DataFolder folder = new DataFolder(Path.of(""));

    @BeforeEach
    void make() {
        folder = new DataFolder(temporary.resolve("deep/grid"));
        folder.create();
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        folder.write(DataFolder.TOKEN, "secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file(DataFolder.TOKEN))))
                .isEqualTo("rw-------");
    }

    @Test
    void findsTheGridAgainAsItWasWrittenDown() {
        ProcessIdentity process = new ProcessIdentity(7, 8, "boot");
        GridRecord grid =
                GridRecord.stopped(GridPorts.DEFAULT).with(Part.AGENT, process).withSampleOffered();

        folder.save(grid);

        assertThat(folder.grid()).contains(grid);
        assertThat(grid.alive(Part.AGENT)).isFalse();
        assertThat(grid.process(Part.SERVER)).isEmpty();
    }

    @Test
    void saysHowToMendADamagedRecord() {
        folder.write(DataFolder.GRID, "{\"ports\":{\"https\":0}}");

        assertThatThrownBy(() -> folder.grid()).isInstanceOf(Failure.class).hasMessageContaining("remove it");
    }

    @Test
    void letsOneCommandAtATimeStartOrStop() {
        try (DataFolder.Lock _ = folder.lock()) {
            assertThatThrownBy(() -> folder.lock())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("wait until it has finished");
        }
        try (DataFolder.Lock again = folder.lock()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void seesWhetherAPortIsTakenAndByWhom() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThat(PortOwner.isFree("127.0.0.1", port)).isFalse();
            assertThat(PortOwner.find(port))
                    .map(ProcessIdentity::pid)
                    .contains(ProcessHandle.current().pid());
        }
        assertThat(PortOwner.isFree("127.0.0.1", port)).isTrue();
        assertThat(PortOwner.find(port)).isEmpty();
    }
}
