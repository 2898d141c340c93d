package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.files.Directory;
import dev.warpgrid.wasi.files.FileNode;
import dev.warpgrid.wasi.files.OpenMode;
import dev.warpgrid.wasi.files.RegularFile;
import java.nio.charset.StandardCharsets;

/** What is done to names in folders. */
final class PathCalls {
    private static final int FOLLOW = 1;
    private static final int CREATE = 1;
    private static final int DIRECTORY = 2;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;

    private PathCalls() {}

    static void addTo(Preview1Functions functions) {
        functions.add("path_open", "iiiiiIIii", PathCalls::open);
        functions.add("path_create_directory", "iii", (guest, in) -> {
            folder(guest, in[0], Rights.PATH_CREATE_DIRECTORY).createDirectory(text(guest, in, 1));
            return Errno.SUCCESS;
        });
        functions.add("path_remove_directory", "iii", (guest, in) -> {
            folder(guest, in[0], Rights.PATH_REMOVE_DIRECTORY).removeDirectory(text(guest, in, 1));
            return Errno.SUCCESS;
        });
        functions.add("path_unlink_file", "iii", (guest, in) -> {
            folder(guest, in[0], Rights.PATH_UNLINK_FILE).unlink(text(guest, in, 1));
            return Errno.SUCCESS;
        });
        functions.add("path_rename", "iiiiii", (guest, in) -> {
            Directory from = folder(guest, in[0], Rights.PATH_RENAME_SOURCE);
            Directory to = folder(guest, in[3], Rights.PATH_RENAME_TARGET);
            from.rename(text(guest, in, 1), to, text(guest, in, 4));
            return Errno.SUCCESS;
        });
        functions.add("path_link", "iiiiiii", (guest, in) -> {
            Directory from = folder(guest, in[0], Rights.PATH_LINK_SOURCE);
            Directory to = folder(guest, in[4], Rights.PATH_LINK_TARGET);
            if (follows(in)) {
                return Errno.INVAL;
            }
            from.link(text(guest, in, 2), to, text(guest, in, 5));
            return Errno.SUCCESS;
        });
        functions.add("path_symlink", "iiiii", (guest, in) -> {
            Directory to = folder(guest, in[2], Rights.PATH_SYMLINK);
            to.symlink(text(guest, in, 0), text(guest, in, 3));
            return Errno.SUCCESS;
        });
        functions.add("path_readlink", "iiiiii", (guest, in) -> {
            String content = folder(guest, in[0], Rights.PATH_READLINK).readLink(text(guest, in, 1));
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            int count = (int) Math.min(bytes.length, in[4]);
            guest.memory().write(in[3], bytes, 0, count);
            guest.memory().putInt(in[5], count);
            return Errno.SUCCESS;
        });
        functions.add("path_filestat_get", "iiiii", (guest, in) -> {
            Directory folder = folder(guest, in[0], Rights.PATH_FILESTAT_GET);
            DescriptorCalls.put(guest, in[4], folder.stat(text(guest, in, 2), follows(in)));
            return Errno.SUCCESS;
        });
        functions.add("path_filestat_set_times", "iiiiIIi", (guest, in) -> {
            int flags = (int) in[6];
            folder(guest, in[0], Rights.PATH_FILESTAT_SET_TIMES)
                    .setTimes(
                            text(guest, in, 2),
                            follows(in),
                            DescriptorCalls.change(in[4], flags),
                            DescriptorCalls.change(in[5], flags >> 2));
            return Errno.SUCCESS;
        });
    }

    private static Directory folder(Preview1Instance guest, long number, long right) {
        Entry.Folder entry = guest.descriptors().folder(number);
        entry.require(right);
        return entry.folder;
    }

    /** The text whose address and length are two arguments that follow each other. */
    private static String text(Preview1Instance guest, long[] in, int first) {
        return guest.memory().text(in[first], in[first + 1]);
    }

    private static boolean follows(long[] in) {
        return (in[1] & FOLLOW) != 0;
    }

    /** {@code path_open(fd, lookup, path, length, oflags, rights, inheriting rights, fdflags, result)}. */
    private static int open(Preview1Instance guest, long[] in) {
        Entry.Folder parent = guest.descriptors().folder(in[0]);
        int how = (int) in[4];
        boolean creates = (how & CREATE) != 0;
        boolean truncates = (how & TRUNCATE) != 0;
        parent.require(Rights.PATH_OPEN
                | (creates ? Rights.PATH_CREATE_FILE : 0)
                | (truncates ? Rights.PATH_FILESTAT_SET_SIZE : 0));
        long wanted = in[5] & parent.inheriting();
        int flags = (int) in[7];
        boolean write = (wanted & Rights.FD_WRITE) != 0;
        // Guests name more rights than they use; only reading and writing decide how the file is opened.
        boolean changes = write || (!creates && (wanted & Rights.FD_READ) == 0 && (wanted & Rights.CHANGING) != 0);
        OpenMode mode = new OpenMode(
                (wanted & Rights.FD_READ) != 0 || !changes,
                changes,
                creates,
                (how & EXCLUSIVE) != 0,
                truncates,
                (how & DIRECTORY) != 0,
                (flags & (Entry.SYNC | Entry.RSYNC)) != 0,
                (flags & Entry.DSYNC) != 0);
        FileNode node = parent.folder.open(text(guest, in, 2), follows(in), mode);
        Entry entry = switch (node) {
            case RegularFile file -> new Entry.File(file, fileRights(wanted, changes), flags);
            case Directory folder ->
                new Entry.Folder(folder, null, Rights.FOLDER & parent.inheriting(), parent.inheriting(), flags);
        };
        guest.memory().putInt(in[8], guest.descriptors().add(entry));
        return Errno.SUCCESS;
    }

    private static long fileRights(long wanted, boolean changes) {
        long always = Rights.FILE & ~(Rights.FD_READ | Rights.CHANGING);
        return always | (wanted & Rights.FILE & (changes ? -1L : ~Rights.CHANGING));
    }
}
