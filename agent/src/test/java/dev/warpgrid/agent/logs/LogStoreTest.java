package dev.warpgrid.agent.logs;

import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
    private static final DeploymentId HELLO = revision(1).deployment();
    private static final InstanceId FIRST = instance(revision(1), 0);
    private static final LogLimits SMALL = new LogLimits(1000, 10, 2048, 8192, 16_384, 100_000, 100_000, 20, 1000, 100);

    @TempDir
    private Path folder;

    private final AtomicLong droppedTold = new AtomicLong();

    @Test
    void stampsLinesWithInstanceRevisionAndSequence() {
        try (LogStore logs = open(LogLimits.defaults())) {
            InstanceLog log = logs.open(FIRST, revision(1));
            log.line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "one");
            log.agent(LogLine.Level.ERROR, "two");

            List<LogLine> lines = logs.tail(LogFilter.all(HELLO), 10);
            assertThat(lines).extracting(LogLine::text).containsExactly("one", "two");
            assertThat(lines).extracting(LogLine::sequence).containsExactly(1L, 2L);
            assertThat(lines)
                    .allMatch(line -> line.instance().equals(FIRST)
                            && line.revision().equals(revision(1))
                            && line.node().equals(new NodeId("node-1")));
            assertThat(lines.get(1).stream()).isEqualTo(LogLine.Stream.AGENT);
        }
    }

    @Test
    void keepsLinesAndSequencesOverARestart() {
        try (LogStore logs = open(SMALL)) {
            write(logs, 50);
        }
        try (LogStore logs = open(SMALL)) {
            logs.open(FIRST, revision(1)).line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "again");

            List<LogLine> lines = logs.tail(LogFilter.all(HELLO), 3);
            assertThat(lines).extracting(LogLine::sequence).containsExactly(49L, 50L, 51L);
            assertThat(lines.getLast().text()).isEqualTo("again");
        }
    }

    @Test
    void goesOnAfterATailTornByACrash() throws IOException {
        try (LogStore logs = open(SMALL)) {
            write(logs, 5);
        }
        Path segment = segments().getLast();
        byte[] whole = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(whole, whole.length - 3), StandardOpenOption.TRUNCATE_EXISTING);

        try (LogStore logs = open(SMALL)) {
            assertThat(logs.tail(LogFilter.all(HELLO), 10))
                    .extracting(LogLine::sequence)
                    .containsExactly(1L, 2L, 3L, 4L);
            logs.open(FIRST, revision(1)).line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "after");
            assertThat(logs.tail(LogFilter.all(HELLO), 1))
                    .extracting(LogLine::text)
                    .containsExactly("after");
        }
    }

    @Test
    void endsReadingAtADamagedRecord() throws IOException {
        try (LogStore logs = open(SMALL)) {
            write(logs, 5);
        }
        Path segment = segments().getLast();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 1] ^= 0x55;
        Files.write(segment, bytes);
        try (LogStore logs = open(SMALL)) {
            assertThat(logs.tail(LogFilter.all(HELLO), 10)).hasSize(4);
        }
    }

    @Test
    void keepsADeploymentsFilesWithinTheirBound() throws IOException {
        try (LogStore logs = open(SMALL)) {
            write(logs, 900);
            assertThat(logs.tail(LogFilter.all(HELLO), 1).getFirst().sequence()).isEqualTo(900);
        }
        long bytes = 0;
        for (Path segment : segments()) {
            assertThat(Files.size(segment)).isLessThanOrEqualTo(SMALL.segmentBytes());
            bytes += Files.size(segment);
        }
        assertThat(bytes).isLessThanOrEqualTo(SMALL.deploymentBytes());
    }

    @Test
    void keepsTheSequenceOfAnInstanceWhoseLinesAreAllGone() {
        InstanceId silent = instance(revision(1), 1);
        try (LogStore logs = open(SMALL)) {
            logs.open(silent, revision(1)).line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "long ago");
            write(logs, 900);
        }
        try (LogStore logs = open(SMALL)) {
            logs.open(silent, revision(1)).line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "now");
            assertThat(logs.tail(LogFilter.all(HELLO), 1).getFirst().sequence()).isEqualTo(2);
        }
    }

    @Test
    void findsLinesOfOneInstanceSinceAMoment() {
        try (LogStore logs = open(LogLimits.defaults())) {
            write(logs, 3);
            logs.open(instance(revision(1), 1), revision(1)).line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "other");

            assertThat(logs.tail(new LogFilter(HELLO, Optional.of(instance(revision(1), 1)), Instant.MIN), 10))
                    .extracting(LogLine::text)
                    .containsExactly("other");
            assertThat(logs.tail(
                            new LogFilter(HELLO, Optional.empty(), Instant.now().plusSeconds(60)), 10))
                    .isEmpty();
        }
    }

    @Test
    void givesAFollowerEachLineOnceFromItsTailOn() {
        try (LogStore logs =
                open(new LogLimits(10_000, 10, 4096, 1 << 20, 1 << 20, 100_000, 100_000, 10_000, 1000, 100))) {
            InstanceLog log = logs.open(FIRST, revision(1));
            Thread writer = Thread.ofPlatform()
                    .start(() -> IntStream.range(0, 2000)
                            .forEach(i -> log.line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "line " + i)));
            LogReader reader = logs.read(LogFilter.all(HELLO), 1000, true, () -> {});
            List<Long> seen = new ArrayList<>();
            Eventually.until(() -> {
                reader.take(100).lines().forEach(line -> seen.add(line.sequence()));
                return !writer.isAlive() && !seen.isEmpty() && seen.getLast() == 2000;
            });
            for (int i = 1; i < seen.size(); i++) {
                assertThat(seen.get(i)).isEqualTo(seen.get(i - 1) + 1);
            }
            logs.stop(reader);
        }
    }

    @Test
    void endsAReaderThatDoesNotFollow() {
        try (LogStore logs = open(LogLimits.defaults())) {
            write(logs, 2);
            LogReader reader = logs.read(LogFilter.all(HELLO), 10, false, () -> {});
            List<LogLine> lines = new ArrayList<>();
            Eventually.until(() -> {
                LogReader.Batch batch = reader.take(10);
                lines.addAll(batch.lines());
                return batch.complete();
            });
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void dropsTheOldestOfASlowReaderAndCountsThem() {
        try (LogStore logs = open(SMALL)) {
            LogReader slow = logs.read(LogFilter.all(HELLO), 0, true, () -> {});
            write(logs, 50);
            logs.tail(LogFilter.all(HELLO), 1);

            LogReader.Batch batch = slow.take(100);
            assertThat(batch.dropped()).isEqualTo(30);
            assertThat(batch.lines()).hasSize(20);
            assertThat(batch.lines().getLast().sequence()).isEqualTo(50);
        }
    }

    @Test
    void turnsAFloodAwayAndTellsHowMuch() {
        var limits = new LogLimits(10_000, 1000, 1 << 20, 1 << 20, 1 << 20, 10, 10, 100, 1000, 100);
        try (LogStore logs = open(limits)) {
            InstanceLog log = logs.open(FIRST, revision(1));
            for (int i = 0; i < 500; i++) {
                log.line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "spam");
            }
            Eventually.until(() -> droppedTold.get() >= 480);
            List<LogLine> lines = logs.tail(LogFilter.all(HELLO), 100);
            assertThat(lines).hasSizeLessThan(30);
            assertThat(lines)
                    .anyMatch(line ->
                            line.stream() == LogLine.Stream.AGENT && line.text().contains("lines were dropped here"));
        }
    }

    @Test
    void cutsLongLines() {
        try (LogStore logs = open(SMALL)) {
            logs.open(FIRST, revision(1)).line(LogLine.Stream.STDERR, LogLine.Level.WARN, "x".repeat(500));
            assertThat(logs.tail(LogFilter.all(HELLO), 1).getFirst().text())
                    .hasSize(106)
                    .endsWith("[cut]");
        }
    }

    private LogStore open(LogLimits limits) {
        return new LogStore(
                folder,
                new NodeId("node-1"),
                limits,
                InstantSource.system(),
                (id, count) -> droppedTold.addAndGet(count));
    }

    private static void write(LogStore logs, int count) {
        InstanceLog log = logs.open(FIRST, revision(1));
        for (int i = 0; i < count; i++) {
            log.line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "line " + i);
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("default").resolve("hello"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
