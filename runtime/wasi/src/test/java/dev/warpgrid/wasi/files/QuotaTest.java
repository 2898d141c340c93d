package dev.warpgrid.wasi.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guests write is counted, whichever way they write it, and given back only when it is really gone. */
class QuotaTest {
    private static final OpenMode CREATE = new OpenMode(true, true, true, false, false, false, false, false);
    private static final OpenMode TRUNCATE = new OpenMode(true, true, true, false, true, false, false, false);

    @TempDir
    Path folder = Path.of("");

    @Test
    void countsWhatIsThereAlready() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a/b"), new byte[100]);
        Volume volume = Volume.writable(folder, new FileQuota(1000, 10));
        assertThat(volume.usedBytes()).isEqualTo(100);
        assertThat(volume.usedFiles()).isEqualTo(2);
    }

    @Test
    void holdsWritesHolesAndAllocationsToTheBytes() {
        Volume volume = Volume.writable(folder, new FileQuota(1000, 10));
        try (Directory root = volume.root();
                RegularFile file = open(root, "file")) {
            assertThat(file.write(new byte[600], 0, 600, 0)).isEqualTo(600);
            assertThat(file.write(new byte[600], 0, 600, 0)).isEqualTo(600);
            assertThat(failure(() -> file.write(new byte[401], 0, 401, 600))).isEqualTo(FileError.QUOTA);
            assertThat(failure(() -> file.write(new byte[1], 0, 1, 1000))).isEqualTo(FileError.QUOTA);
            assertThat(failure(() -> file.append(new byte[401], 0, 401))).isEqualTo(FileError.QUOTA);
            assertThat(failure(() -> file.truncate(1001))).isEqualTo(FileError.QUOTA);
            assertThat(failure(() -> file.allocate(0, 1001))).isEqualTo(FileError.QUOTA);
            file.truncate(1000);
            assertThat(volume.usedBytes()).isEqualTo(1000);
            file.truncate(10);
            assertThat(volume.usedBytes()).isEqualTo(10);
            assertThat(failure(() -> file.write(new byte[1], 0, 1, Long.MAX_VALUE)))
                    .isEqualTo(FileError.FILE_TOO_LARGE);
        }
        assertThat(volume.usedBytes()).isEqualTo(10);
    }

    @Test
    void countsFilesFoldersAndLinks() {
        Volume volume = Volume.writable(folder, new FileQuota(1000, 4));
        try (Directory root = volume.root()) {
            open(root, "one").close();
            root.createDirectory("two");
            root.symlink("one", "three");
            root.link("one", root, "four");
            assertThat(failure(() -> open(root, "five"))).isEqualTo(FileError.QUOTA);
            assertThat(failure(() -> root.createDirectory("five"))).isEqualTo(FileError.QUOTA);
            open(root, "one").close();
            root.unlink("four");
            root.removeDirectory("two");
            root.rename("one", root, "three");
            assertThat(volume.usedFiles()).isEqualTo(1);
            assertThat(failure(() -> root.createDirectory("three"))).isEqualTo(FileError.EXIST);
            assertThat(volume.usedFiles()).isEqualTo(1);
        }
    }

    @Test
    void aFileWithoutANameCountsUntilItIsClosed() {
        Volume volume = Volume.writable(folder, new FileQuota(1000, 100));
        List<RegularFile> hidden = new ArrayList<>();
        try (Directory root = volume.root()) {
            for (int i = 0; i < 2; i++) {
                RegularFile file = open(root, "file");
                file.write(new byte[500], 0, 500, 0);
                root.unlink("file");
                hidden.add(file);
            }
            assertThat(volume.usedFiles()).isZero();
            RegularFile third = open(root, "file");
            assertThat(failure(() -> third.write(new byte[1], 0, 1, 0))).isEqualTo(FileError.QUOTA);
            third.close();
            hidden.forEach(RegularFile::close);
            assertThat(volume.usedBytes()).isZero();
        }
    }

    @Test
    void givesBackWhatIsReplacedTruncatedOrLinkedElsewhere() {
        Volume volume = Volume.writable(folder, new FileQuota(1000, 100));
        try (Directory root = volume.root()) {
            write(root, "one", 300);
            write(root, "two", 200);
            root.link("two", root, "again");
            root.rename("one", root, "two");
            assertThat(volume.usedBytes()).as("two lives on as again").isEqualTo(500);
            root.unlink("again");
            assertThat(volume.usedBytes()).isEqualTo(300);
            root.rename("two", root, "two");
            assertThat(volume.usedBytes()).isEqualTo(300);
            root.open("two", true, TRUNCATE).close();
            assertThat(volume.usedBytes()).isZero();
            assertThat(volume.usedFiles()).isEqualTo(1);
        }
    }

    @Test
    void twoGuestsShareTheQuotaOfAVolume() {
        Volume volume = Volume.writable(folder, new FileQuota(1000, 100));
        try (Directory first = volume.root();
                Directory second = volume.root();
                RegularFile one = open(first, "same");
                RegularFile other = open(second, "same")) {
            one.append(new byte[400], 0, 400);
            other.append(new byte[400], 0, 400);
            assertThat(one.size()).isEqualTo(800);
            assertThat(volume.usedBytes()).isEqualTo(800);
            assertThat(failure(() -> other.append(new byte[400], 0, 400))).isEqualTo(FileError.QUOTA);
        }
    }

    @Test
    void keepsTimesAndListsNames() {
        Volume volume = Volume.writable(folder);
        try (Directory root = volume.root()) {
            write(root, "file", 10);
            root.setTimes("file", false, new TimeChange.Keep(), new TimeChange.To(new FileTime(5, 7)));
            assertThat(root.stat("file", false).modified()).isEqualTo(new FileTime(5, 7));
            assertThat(root.stat("file", false).size()).isEqualTo(10);
            for (int i = 0; i < 1000; i++) {
                write(root, "name-" + i, 0);
            }
            List<String> names = new ArrayList<>();
            long afterHundred = 0;
            try (DirectoryReader reader = root.read()) {
                for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    names.add(entry.get().name());
                    afterHundred = names.size() == 100 ? entry.get().next() : afterHundred;
                }
                assertThat(names)
                        .hasSize(1003)
                        .contains(".", "..", "file", "name-999")
                        .doesNotHaveDuplicates();
                reader.seek(afterHundred);
                assertThat(reader.next().orElseThrow().name()).isEqualTo(names.get(100));
            }
        }
    }

    private static void write(Directory root, String name, int bytes) {
        try (RegularFile file = open(root, name)) {
            assertThat(file.write(new byte[bytes], 0, bytes, 0)).isEqualTo(bytes);
        }
    }

    private static RegularFile open(Directory root, String name) {
        return (RegularFile) root.open(name, true, CREATE);
    }

    private static FileError failure(Runnable operation) {
        FileException thrown = catchThrowableOfType(FileException.class, operation::run);
        assertThat(thrown).as("a failure").isNotNull();
        return thrown.error();
    }
}
