package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.files.DirectoryEntry;
import dev.warpgrid.wasi.files.DirectoryReader;
import dev.warpgrid.wasi.files.FileStat;
import dev.warpgrid.wasi.files.FileTime;
import dev.warpgrid.wasi.files.TimeChange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What can be asked of and done to a descriptor itself. */
final class DescriptorCalls {
    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;
    private static final int DIRENT_BYTES = 24;
    private static final int SETTABLE_FLAGS = Entry.APPEND | Entry.NONBLOCK;

    private DescriptorCalls() {}

    static void addTo(Preview1Functions functions) {
        functions.add("fd_close", "i", (guest, in) -> {
            guest.descriptors().close(in[0]);
            return Errno.SUCCESS;
        });
        functions.add("fd_renumber", "ii", (guest, in) -> {
            guest.descriptors().renumber(in[0], in[1]);
            return Errno.SUCCESS;
        });
        functions.add("fd_prestat_get", "ii", (guest, in) -> {
            guest.memory().putInt(in[1], 0);
            guest.memory().putInt(in[1] + Integer.BYTES, preopen(guest, in[0]).length);
            return Errno.SUCCESS;
        });
        functions.add("fd_prestat_dir_name", "iii", (guest, in) -> {
            byte[] name = preopen(guest, in[0]);
            if (name.length > in[2]) {
                throw new ErrnoException(Errno.NAMETOOLONG);
            }
            guest.memory().write(in[1], name, 0, name.length);
            return Errno.SUCCESS;
        });
        functions.add("fd_fdstat_get", "ii", DescriptorCalls::fdstat);
        functions.add("fd_fdstat_set_flags", "ii", DescriptorCalls::setFlags);
        functions.add("fd_fdstat_set_rights", "iII", (guest, in) -> {
            guest.descriptors().get(in[0]).narrow(in[1], in[2]);
            return Errno.SUCCESS;
        });
        functions.add("fd_filestat_get", "ii", DescriptorCalls::filestat);
        functions.add("fd_filestat_set_times", "iIIi", (guest, in) -> {
            Entry.Node entry = guest.descriptors().node(in[0]);
            entry.require(Rights.FD_FILESTAT_SET_TIMES);
            entry.node().setTimes(change(in[1], (int) in[3]), change(in[2], (int) in[3] >> 2));
            return Errno.SUCCESS;
        });
        functions.add("fd_readdir", "iiiIi", DescriptorCalls::readdir);
    }

    private static byte[] preopen(Preview1Instance guest, long number) {
        if (guest.descriptors().get(number) instanceof Entry.Folder folder && folder.preopen != null) {
            return folder.preopen.getBytes(StandardCharsets.UTF_8);
        }
        throw new ErrnoException(Errno.BADF);
    }

    private static int fdstat(Preview1Instance guest, long[] in) {
        Entry entry = guest.descriptors().get(in[0]);
        byte[] out = guest.memory().scratch(FDSTAT_BYTES);
        GuestMemory.putInt(out, 0, entry.fileType() | entry.flags << 16);
        GuestMemory.putInt(out, 4, 0);
        GuestMemory.putLong(out, 8, entry.base());
        GuestMemory.putLong(out, 16, entry.inheriting());
        guest.memory().write(in[1], out, 0, FDSTAT_BYTES);
        return Errno.SUCCESS;
    }

    private static int setFlags(Preview1Instance guest, long[] in) {
        Entry entry = guest.descriptors().get(in[0]);
        entry.require(Rights.FD_FDSTAT_SET_FLAGS);
        int wanted = (int) in[1];
        // Synchronous writing is decided when a file is opened.
        if (((wanted ^ entry.flags) & ~SETTABLE_FLAGS) != 0) {
            throw new ErrnoException(Errno.NOTSUP);
        }
        entry.flags = wanted;
        return Errno.SUCCESS;
    }

    private static int filestat(Preview1Instance guest, long[] in) {
        Entry entry = guest.descriptors().get(in[0]);
        entry.require(Rights.FD_FILESTAT_GET);
        if (entry instanceof Entry.Node node) {
            put(guest, in[1], node.node().stat());
            return Errno.SUCCESS;
        }
        byte[] out = guest.memory().scratch(FILESTAT_BYTES);
        java.util.Arrays.fill(out, 0, FILESTAT_BYTES, (byte) 0);
        out[16] = (byte) entry.fileType();
        guest.memory().write(in[1], out, 0, FILESTAT_BYTES);
        return Errno.SUCCESS;
    }

    static void put(Preview1Instance guest, long address, FileStat stat) {
        byte[] out = guest.memory().scratch(FILESTAT_BYTES);
        GuestMemory.putLong(out, 0, stat.device());
        GuestMemory.putLong(out, 8, stat.inode());
        GuestMemory.putLong(out, 16, stat.type().preview1());
        GuestMemory.putLong(out, 24, stat.links());
        GuestMemory.putLong(out, 32, stat.size());
        GuestMemory.putLong(out, 40, stat.accessed().toNanos());
        GuestMemory.putLong(out, 48, stat.modified().toNanos());
        GuestMemory.putLong(out, 56, stat.changed().toNanos());
        guest.memory().write(address, out, 0, FILESTAT_BYTES);
    }

    /** By two bits of {@code fstflags}: to the given time, to now. */
    static TimeChange change(long nanos, int flags) {
        return switch (flags & 3) {
            case 0 -> new TimeChange.Keep();
            case 1 -> new TimeChange.To(FileTime.ofNanos(nanos));
            case 2 -> new TimeChange.Now();
            default -> throw new ErrnoException(Errno.INVAL);
        };
    }

    /** Fills the guest's buffer; the last entry may be cut, by which a guest knows that there is more. */
    private static int readdir(Preview1Instance guest, long[] in) {
        Entry.Folder folder = guest.descriptors().folder(in[0]);
        folder.require(Rights.FD_READDIR);
        int size = (int) Math.min(in[2], GuestMemory.SCRATCH_BYTES);
        if (in[2] > size && in[2] < guest.memory().byteSize()) {
            // A buffer that stays partly empty would pass for the end of the folder.
            return readdirWide(guest, folder, in);
        }
        byte[] out = guest.memory().scratch(size);
        int filled = fill(folder, in[3], out, size);
        guest.memory().write(in[1], out, 0, filled);
        guest.memory().putInt(in[4], filled);
        return Errno.SUCCESS;
    }

    private static int readdirWide(Preview1Instance guest, Entry.Folder folder, long[] in) {
        byte[] out = new byte[(int) Math.min(in[2], 1 << 24)];
        int filled = fill(folder, in[3], out, out.length);
        guest.memory().write(in[1], out, 0, filled);
        guest.memory().putInt(in[4], filled);
        return Errno.SUCCESS;
    }

    private static int fill(Entry.Folder folder, long cookie, byte[] out, int size) {
        DirectoryReader reader = folder.reader();
        reader.seek(cookie);
        byte[] head = new byte[DIRENT_BYTES];
        int filled = 0;
        while (filled < size) {
            Optional<DirectoryEntry> next = reader.next();
            if (next.isEmpty()) {
                break;
            }
            DirectoryEntry entry = next.get();
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            GuestMemory.putLong(head, 0, entry.next());
            // The folder above the given one is not the guest's.
            GuestMemory.putLong(head, 8, entry.name().equals("..") ? 0 : entry.inode());
            GuestMemory.putInt(head, 16, name.length);
            GuestMemory.putInt(head, 20, entry.type().preview1());
            filled = append(out, size, filled, head);
            filled = append(out, size, filled, name);
        }
        return filled;
    }

    private static int append(byte[] out, int size, int filled, byte[] bytes) {
        int part = Math.min(bytes.length, size - filled);
        System.arraycopy(bytes, 0, out, filled, part);
        return filled + part;
    }
}
