package dev.warpgrid.wasi.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path of a guest leads out of its folder. */
class ContainmentTest {
    private static final OpenMode READ = OpenMode.reading();
    private static final OpenMode CREATE = new OpenMode(true, true, true, false, true, false, false, false);

    @TempDir
    Path machine = Path.of("");

    private Path inside = Path.of("");
    private Directory root = Opened.nothing();

    @BeforeEach
    void giveAFolder() throws IOException {
        inside = Files.createDirectories(machine.resolve("given"));
        Files.createDirectories(inside.resolve("a/b"));
        Files.writeString(inside.resolve("a/b/file"), "inside");
        Files.writeString(machine.resolve("secret"), "outside");
        root = Volume.writable(inside).root();
    }

    @AfterEach
    void close() {
        root.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../secret",
                "a/../../secret",
                "a/b/../../../given/a",
                "/",
                "/etc/passwd",
                "a/./../../given/a/b/file"
            })
    void refusesPathsThatLeadOut(String path) {
        assertThat(failure(() -> root.open(path, true, READ))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(failure(() -> root.open(path, true, CREATE))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(failure(() -> root.stat(path, true))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(failure(() -> root.unlink(path))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(failure(() -> root.createDirectory(path + "/new"))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(failure(() -> root.rename("a", root, path))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(failure(() -> root.link("a/b/file", root, path))).isEqualTo(FileError.NOT_PERMITTED);
        assertThat(machine.resolve("secret")).hasContent("outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../secret", "a/../../secret", "/etc", "b/../../..", "./.."})
    void followsNoLinkOfTheOperatorThatLeadsOut(String content) throws IOException {
        Files.createSymbolicLink(
                inside.resolve("a/link"), Path.of(content.equals("b/../../..") ? content : up(content)));
        for (String path : new String[] {"a/link", "a/link/", "a/link/secret", "a/b/../link"}) {
            assertThat(failure(() -> root.open(path, true, READ)))
                    .as(path)
                    .isIn(FileError.NOT_PERMITTED, FileError.NO_ENTRY);
            assertThat(failure(() -> root.open(path, true, CREATE)))
                    .as(path)
                    .isIn(FileError.NOT_PERMITTED, FileError.IS_DIRECTORY, FileError.NO_ENTRY);
        }
        assertThat(failure(() -> root.open("a/link", false, READ))).isEqualTo(FileError.LOOP);
        assertThat(machine.resolve("secret")).hasContent("outside");
    }

    private static String up(String content) {
        return content.startsWith("/") ? content : "../" + content;
    }

    @Test
    void makesNoAbsoluteLinkAndTellsNone() throws IOException {
        assertThat(failure(() -> root.symlink("/etc/passwd", "link"))).isEqualTo(FileError.NOT_PERMITTED);
        Files.createSymbolicLink(inside.resolve("link"), machine.resolve("secret"));
        assertThat(failure(() -> root.readLink("link"))).isEqualTo(FileError.NOT_PERMITTED);
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        root.symlink("a/b", "link");
        root.symlink("../link/file", "a/other");
        assertThat(text(root, "a/other")).isEqualTo("inside");
        assertThat(text(root, "link/../b/file")).isEqualTo("inside");
        assertThat(root.readLink("a/other")).isEqualTo("../link/file");
        assertThat(root.stat("link", false).type()).isEqualTo(FileType.SYMBOLIC_LINK);
        assertThat(root.stat("link", true).type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void givesUpOnLinksInACircle() {
        root.symlink("two", "one");
        root.symlink("one", "two");
        assertThat(failure(() -> root.open("one", true, READ))).isEqualTo(FileError.LOOP);
        assertThat(failure(() -> root.open("one/file", true, READ))).isEqualTo(FileError.LOOP);
    }

    @Test
    void refusesPathsWithoutEnd() {
        assertThat(failure(() -> root.open("a/".repeat(3_000), true, READ))).isEqualTo(FileError.NAME_TOO_LONG);
        assertThat(failure(() -> root.stat("x".repeat(300), true))).isEqualTo(FileError.NAME_TOO_LONG);
        assertThat(failure(() -> root.stat("a\0b", true))).isEqualTo(FileError.INVALID);
        assertThat(failure(() -> root.stat("", true))).isEqualTo(FileError.NO_ENTRY);
    }

    @Test
    void opensNoPipeWhichAGuestWouldBlockOn() throws IOException, InterruptedException {
        int status = new ProcessBuilder("mkfifo", inside.resolve("pipe").toString())
                .start()
                .waitFor();
        assertThat(status).isZero();
        assertThat(failure(() -> root.open("pipe", true, READ))).isEqualTo(FileError.ACCESS);
        assertThat(failure(() -> root.open("pipe", true, CREATE))).isEqualTo(FileError.ACCESS);
        assertThat(root.stat("pipe", true).type()).isEqualTo(FileType.FIFO);
    }

    /** One guest swaps a folder for a link that leads out, over and over, while another opens a file through it. */
    @Test
    void aGuestThatSwapsFoldersForLinksLeadsNobodyOut() throws InterruptedException, IOException {
        Files.createDirectories(inside.resolve("door"));
        Files.writeString(inside.resolve("door/secret"), "inside");
        Files.createSymbolicLink(inside.resolve("trap"), Path.of(".."));
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> {
            try (Directory other = root.volume().root()) {
                while (!over.get()) {
                    other.rename("door", other, "aside");
                    other.rename("trap", other, "door");
                    other.rename("door", other, "trap");
                    other.rename("aside", other, "door");
                }
            }
        });
        int opened = 0;
        try {
            for (int i = 0; i < 3_000; i++) {
                try {
                    assertThat(text(root, "door/secret")).isEqualTo("inside");
                    opened++;
                } catch (FileException e) {
                    // What it is at one moment and at the next may not fit together.
                    assertThat(e.error())
                            .isIn(FileError.NO_ENTRY, FileError.NOT_PERMITTED, FileError.LOOP, FileError.NOT_DIRECTORY);
                }
            }
        } finally {
            over.set(true);
            swapper.join();
        }
        assertThat(opened).isPositive();
    }

    @Test
    void aReadOnlyFolderRefusesEveryChange() {
        try (Directory fixed = Volume.readOnly(inside).root()) {
            assertThat(text(fixed, "a/b/file")).isEqualTo("inside");
            assertThat(failure(() -> fixed.open("a/b/file", true, CREATE))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.open("new", true, CREATE))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.unlink("a/b/file"))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.removeDirectory("a/b"))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.createDirectory("new"))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.rename("a", fixed, "c"))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.link("a/b/file", fixed, "c"))).isEqualTo(FileError.READ_ONLY);
            assertThat(failure(() -> fixed.symlink("a", "c"))).isEqualTo(FileError.READ_ONLY);
            TimeChange now = new TimeChange.Now();
            assertThat(failure(() -> fixed.setTimes("a", true, now, now))).isEqualTo(FileError.READ_ONLY);
        }
    }

    private static String text(Directory folder, String path) {
        try (RegularFile file = (RegularFile) folder.open(path, true, READ)) {
            byte[] bytes = new byte[100];
            return new String(bytes, 0, file.read(bytes, 0, bytes.length, 0), StandardCharsets.UTF_8);
        }
    }

    private static FileError failure(Runnable operation) {
        FileException thrown = catchThrowableOfType(FileException.class, operation::run);
        assertThat(thrown).as("a failure").isNotNull();
        return thrown.error();
    }

    /** Something to start with before a test has its folder. */
    private static final class Opened {
        private static Directory nothing() {
            return Volume.readOnly(Path.of(".")).root();
        }
    }
}
