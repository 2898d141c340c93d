package dev.warpgrid.agent.journal;

import static dev.warpgrid.agent.Samples.desired;
import static dev.warpgrid.agent.Samples.digest;
import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final byte[] CONTENT = "artifact".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = digest(CONTENT);

    @TempDir
    private Path folder;

    @Test
    void givesTheSavedStateBack() {
        DesiredState state = desired(7, workload(revision(3)), 2);
        new StateJournal(folder).save(state);
        assertThat(new StateJournal(folder).load()).contains(state);
    }

    @Test
    void startsEmptyWithoutAStateOrWithADamagedOne() throws IOException {
        var journal = new StateJournal(folder);
        assertThat(journal.load()).isEmpty();
        Files.write(folder.resolve("desired-state.pb"), new byte[] {9, 9, 9});
        assertThat(journal.load()).isEmpty();
    }

    @Test
    void leavesNothingBesideAReplacedFileAndKeepsItPrivate() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.replace(file, CONTENT);
        DurableFile.replace(file, new byte[] {1});

        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void remembersRestartsOverAProcess() throws IOException {
        var journal = new RestartJournal(folder);
        journal.note(instance(revision(1), 0), 4);
        journal.note(instance(revision(1), 1), 2);
        journal.forget(instance(revision(1), 1));
        journal.save();

        var again = new RestartJournal(folder);
        assertThat(again.restarts(instance(revision(1), 0))).isEqualTo(4);
        assertThat(again.restarts(instance(revision(1), 1))).isZero();
    }

    @Test
    void storesAnArtifactUnderItsDigest() throws IOException {
        var store = new ArtifactStore(folder, 1 << 20);
        store.put(DIGEST, CONTENT.length, pieces(CONTENT));
        assertThat(store.has(DIGEST)).isTrue();
        assertThat(store.read(DIGEST))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(CONTENT));
    }

    @Test
    void refusesContentThatIsNotWhatItsDigestSays() throws IOException {
        var store = new ArtifactStore(folder, 1 << 20);
        assertThatThrownBy(() -> store.put(DIGEST, 100, pieces(new byte[] {1, 2, 3})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has the digest");
        assertThat(store.has(DIGEST)).isFalse();
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesMoreThanWasAnnounced() throws IOException {
        var store = new ArtifactStore(folder, 1 << 20);
        assertThatThrownBy(() -> store.put(DIGEST, 3, pieces(CONTENT)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger");
        assertThat(names()).isEmpty();
    }

    @Test
    void deletesAnArtifactThatWasDamagedOnDisk() throws IOException {
        var store = new ArtifactStore(folder, 1 << 20);
        store.put(DIGEST, CONTENT.length, pieces(CONTENT));
        Files.write(folder.resolve(DIGEST.hex() + ".wasm"), new byte[] {1});
        assertThat(store.read(DIGEST)).isEmpty();
        assertThat(store.has(DIGEST)).isFalse();
    }

    @Test
    void deletesOnlyWhatNothingNeeds() throws IOException {
        var store = new ArtifactStore(folder, 10);
        byte[] other = "another one".getBytes(StandardCharsets.UTF_8);
        store.put(DIGEST, CONTENT.length, pieces(CONTENT));
        store.put(digest(other), other.length, pieces(other));

        store.trim(DIGEST::equals);
        assertThat(store.has(DIGEST)).isTrue();
        assertThat(store.has(digest(other))).isFalse();
    }

    @Test
    void throwsAwayAHalfWrittenArtifactAtStart() throws IOException {
        Files.write(folder.resolve(DIGEST.hex() + ".1.part"), new byte[] {1});
        var store = new ArtifactStore(folder, 10);
        assertThat(store.has(DIGEST)).isFalse();
        assertThat(names()).isEmpty();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static ArtifactStore.Source pieces(byte[] content) {
        int half = content.length / 2;
        Iterator<byte[]> pieces = List.of(
                        Arrays.copyOf(content, half), Arrays.copyOfRange(content, half, content.length))
                .iterator();
        return () -> pieces.hasNext() ? Optional.of(pieces.next()) : Optional.empty();
    }
}
