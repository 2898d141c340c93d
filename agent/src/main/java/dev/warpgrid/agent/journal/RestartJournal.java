package dev.warpgrid.agent.journal;

import dev.warpgrid.model.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each instance was started again after a crash. Lines of id and count. Not thread-safe. */
public final class RestartJournal {
    private final Path file;
    private final SortedMap<InstanceId, Integer> counts = new TreeMap<>();
    private boolean dirty;

    public RestartJournal(Path folder) {
        this.file = folder.resolve("restarts");
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The journal " + file + " cannot be read.", e);
        }
    }

    private void read(String entry) {
        int space = entry.indexOf(' ');
        try {
            if (space > 0) {
                counts.put(new InstanceId(entry.substring(0, space)), Integer.parseInt(entry.substring(space + 1)));
            }
        } catch (IllegalArgumentException e) {
            System.getLogger(RestartJournal.class.getName())
                    .log(System.Logger.Level.WARNING, "The journal " + file + " has a bad line: " + entry);
        }
    }

    public int restarts(InstanceId instance) {
        return counts.getOrDefault(instance, 0);
    }

    public void note(InstanceId instance, int restarts) {
        Integer before = restarts == 0 ? counts.remove(instance) : counts.put(instance, restarts);
        dirty |= before == null ? restarts != 0 : before != restarts;
    }

    public void forget(InstanceId instance) {
        dirty |= counts.remove(instance) != null;
    }

    /** Writes what changed; counts are told to people only, so the caller may do this seldom. */
    public void save() throws IOException {
        if (dirty) {
            var text = new StringBuilder();
            counts.forEach((instance, count) ->
                    text.append(instance).append(' ').append(count.intValue()).append('\n'));
            DurableFile.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
            dirty = false;
        }
    }
}
