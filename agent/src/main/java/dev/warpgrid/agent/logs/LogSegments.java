package dev.warpgrid.agent.logs;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.protocol.FactMapping;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The files of one deployment's lines. A record is length, CRC-32 and a protobuf line; a record torn by a crash ends the
 * reading of its file, and the next start begins a new one. Not thread-safe: the writer's thread only.
 */
final class LogSegments implements AutoCloseable {
    private static final String SUFFIX = ".log";
    private static final String SEQUENCES = "sequences";
    private static final int RECORD_HEAD_BYTES = 8;

    private final Path folder;
    private final LogLimits limits;
    private final NodeId node;
    /** Oldest first. */
    private final Deque<Path> files = new ArrayDeque<>();

    private final Map<InstanceId, Long> lastSequences = new TreeMap<>();
    private long bytesInFiles;
    private long nextFile;
    private @Nullable DataOutputStream out;
    private int written;

    LogSegments(Path folder, LogLimits limits, NodeId node) {
        this.folder = folder;
        this.limits = limits;
        this.node = node;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> found = Files.list(folder)) {
                found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(files::addLast);
            }
            for (Path file : files) {
                bytesInFiles += Files.size(file);
                nextFile = Math.max(nextFile, number(file) + 1);
            }
            readSequences();
        } catch (IOException e) {
            throw new UncheckedIOException("The log folder " + folder + " cannot be read.", e);
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    private void readSequences() throws IOException {
        Path saved = folder.resolve(SEQUENCES);
        if (Files.exists(saved)) {
            for (String entry : Files.readAllLines(saved)) {
                int space = entry.indexOf(' ');
                if (space > 0) {
                    note(new InstanceId(entry.substring(0, space)), Long.parseLong(entry.substring(space + 1)));
                }
            }
        }
        for (Path file : files) {
            read(file, line -> note(line.instance(), line.sequence()));
        }
    }

    private void note(InstanceId instance, long sequence) {
        lastSequences.merge(instance, sequence, Math::max);
    }

    /** The sequence of the newest line ever kept of this instance; 0 where there was none. */
    long lastSequence(InstanceId instance) {
        return lastSequences.getOrDefault(instance, 0L);
    }

    long bytes() {
        return bytesInFiles;
    }

    void append(LogLine line) throws IOException {
        byte[] payload = FactMapping.toMessage(line).toByteArray();
        DataOutputStream stream = out;
        if (stream == null || written + payload.length + RECORD_HEAD_BYTES > limits.segmentBytes()) {
            stream = rotate();
        }
        var crc = new CRC32();
        crc.update(payload);
        stream.writeInt(payload.length);
        stream.writeInt((int) crc.getValue());
        stream.write(payload);
        written += payload.length + RECORD_HEAD_BYTES;
        bytesInFiles += payload.length + RECORD_HEAD_BYTES;
        note(line.instance(), line.sequence());
    }

    private DataOutputStream rotate() throws IOException {
        close();
        saveSequences();
        while (!files.isEmpty() && bytesInFiles + limits.segmentBytes() > limits.deploymentBytes()) {
            dropOldest();
        }
        Path file = folder.resolve(String.format("%012d", nextFile++) + SUFFIX);
        files.addLast(file);
        written = 0;
        var stream = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 32 << 10));
        out = stream;
        return stream;
    }

    /** Numbers outlive the lines: an instance that was silent for long goes on where it was. */
    private void saveSequences() throws IOException {
        var text = new StringBuilder();
        lastSequences.forEach((instance, sequence) ->
                text.append(instance).append(' ').append(sequence.longValue()).append('\n'));
        Path fresh = folder.resolve(SEQUENCES + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve(SEQUENCES), StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return bytes freed; 0 where only the file being written is left */
    long dropOldest() throws IOException {
        if (files.isEmpty() || (files.size() == 1 && out != null)) {
            return 0;
        }
        Path oldest = files.removeFirst();
        long size = Files.size(oldest);
        Files.delete(oldest);
        bytesInFiles -= size;
        return size;
    }

    void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    /** The newest lines that pass, oldest first, at most so many. */
    List<LogLine> tail(Predicate<LogLine> wanted, int most) throws IOException {
        flush();
        Deque<LogLine> found = new ArrayDeque<>();
        var newestFirst = files.descendingIterator();
        while (newestFirst.hasNext() && found.size() < most) {
            List<LogLine> lines = new ArrayList<>();
            read(newestFirst.next(), line -> {
                if (wanted.test(line)) {
                    lines.add(line);
                }
            });
            for (int i = lines.size() - 1; i >= 0 && found.size() < most; i--) {
                found.addFirst(lines.get(i));
            }
        }
        return List.copyOf(found);
    }

    private void read(Path file, Consumer<LogLine> each) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.remaining() >= RECORD_HEAD_BYTES) {
            int length = bytes.getInt();
            int expected = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                return;
            }
            byte[] payload = new byte[length];
            bytes.get(payload);
            var crc = new CRC32();
            crc.update(payload);
            if ((int) crc.getValue() != expected) {
                return;
            }
            try {
                each.accept(FactMapping.fromMessage(node, dev.warpgrid.protocol.v1.LogLine.parseFrom(payload)));
            } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        DataOutputStream stream = out;
        out = null;
        if (stream != null) {
            stream.close();
        }
    }
}
