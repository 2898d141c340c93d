package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.files.Preopen;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The file descriptors of one module; a new one gets the lowest number that is free. */
final class Descriptors {
    private static final int STANDARD_STREAMS = 3;
    private static final int HIGHEST = 1 << 16;

    private final InstanceState state;
    private @Nullable Entry[] entries = new Entry[8];

    Descriptors(InstanceState state) {
        this.state = state;
        entries[0] = new Entry.Stream(StandardStream.input(state));
        entries[1] = new Entry.Stream(StandardStream.output(state));
        entries[2] = new Entry.Stream(StandardStream.error(state));
        for (Preopen folder : state.config().folders()) {
            add(new Entry.Folder(
                    folder.volume().root(), folder.guestPath(), Rights.FOLDER, Rights.FOLDER | Rights.FILE, 0));
        }
    }

    Entry get(long number) {
        int index = (int) number;
        Entry entry = index < 0 || index >= entries.length ? null : entries[index];
        if (entry == null) {
            throw new ErrnoException(Errno.BADF);
        }
        return entry;
    }

    Entry.Node node(long number) {
        if (get(number) instanceof Entry.Node node) {
            return node;
        }
        throw new ErrnoException(Errno.BADF);
    }

    /** A file; a folder is an error of its own. */
    Entry.File file(long number) {
        return switch (get(number)) {
            case Entry.File file -> file;
            case Entry.Folder folder -> throw new ErrnoException(Errno.ISDIR);
            case Entry.Stream stream -> throw new ErrnoException(Errno.BADF);
        };
    }

    Entry.Folder folder(long number) {
        if (get(number) instanceof Entry.Folder folder) {
            return folder;
        }
        throw new ErrnoException(Errno.NOTDIR);
    }

    /** Takes an open file or folder over, closing it where that is one too many. */
    int add(Entry entry) {
        try {
            state.fileOpened();
        } catch (RuntimeException e) {
            entry.close();
            throw e;
        }
        int number = STANDARD_STREAMS;
        while (number < entries.length && entries[number] != null) {
            number++;
        }
        put(number, entry);
        return number;
    }

    private void put(int number, Entry entry) {
        if (number >= entries.length) {
            entries = Arrays.copyOf(entries, Math.max(2 * entries.length, number + 1));
        }
        entries[number] = entry;
    }

    void close(long number) {
        Entry entry = get(number);
        entries[(int) number] = null;
        release(entry);
    }

    /** Moves a descriptor over another, which has to be open and is closed. */
    void renumber(long from, long to) {
        Entry moved = get(from);
        Entry replaced = get(to);
        if (to >= HIGHEST) {
            throw new ErrnoException(Errno.BADF);
        }
        if (from != to) {
            entries[(int) from] = null;
            entries[(int) to] = moved;
            release(replaced);
        }
    }

    private void release(Entry entry) {
        if (entry instanceof Entry.Node) {
            state.fileClosed();
        }
        entry.close();
    }

    /** Closes everything; the module is gone. */
    void closeAll() {
        for (int number = 0; number < entries.length; number++) {
            Entry entry = entries[number];
            if (entry != null) {
                entries[number] = null;
                release(entry);
            }
        }
    }
}
