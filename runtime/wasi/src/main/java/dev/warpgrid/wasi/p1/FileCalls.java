package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.files.RegularFile;

/** Reading and writing. Bytes go through one buffer of the instance, so that a call leaves no garbage. */
final class FileCalls {
    private static final int IOVEC_BYTES = 8;
    private static final int MOST_IOVECS = 1024;
    private static final int SEEK_SET = 0;
    private static final int SEEK_CURRENT = 1;
    private static final int SEEK_END = 2;

    private FileCalls() {}

    static void addTo(Preview1Functions functions) {
        functions.add("fd_read", "iiii", FileCalls::read);
        functions.add("fd_pread", "iiiIi", (guest, in) -> {
            Entry.File file = guest.descriptors().file(in[0]);
            file.require(Rights.FD_READ | Rights.FD_SEEK);
            guest.memory().putInt(in[4], (int) readAt(guest, file.file, in, in[3]));
            return Errno.SUCCESS;
        });
        functions.add("fd_write", "iiii", FileCalls::write);
        functions.add("fd_pwrite", "iiiIi", (guest, in) -> {
            Entry.File file = guest.descriptors().file(in[0]);
            file.require(Rights.FD_WRITE | Rights.FD_SEEK);
            boolean append = (file.flags & Entry.APPEND) != 0;
            guest.memory().putInt(in[4], (int) writeAt(guest, file.file, in, in[3], append));
            return Errno.SUCCESS;
        });
        functions.add("fd_seek", "iIii", FileCalls::seek);
        functions.add("fd_tell", "ii", (guest, in) -> {
            Entry.File file = guest.descriptors().file(in[0]);
            file.require(Rights.FD_TELL);
            guest.memory().putLong(in[1], file.position);
            return Errno.SUCCESS;
        });
        functions.add("fd_advise", "iIIi", (guest, in) -> {
            Entry.File file = guest.descriptors().file(in[0]);
            file.require(Rights.FD_ADVISE);
            return in[3] > 5 || in[1] < 0 || in[2] < 0 ? Errno.INVAL : Errno.SUCCESS;
        });
        functions.add("fd_allocate", "iII", (guest, in) -> {
            Entry.File file = guest.descriptors().file(in[0]);
            file.require(Rights.FD_ALLOCATE);
            file.file.allocate(in[1], in[2]);
            return Errno.SUCCESS;
        });
        functions.add("fd_filestat_set_size", "iI", (guest, in) -> {
            Entry.File file = guest.descriptors().file(in[0]);
            file.require(Rights.FD_FILESTAT_SET_SIZE);
            file.file.truncate(in[1]);
            return Errno.SUCCESS;
        });
        functions.add("fd_sync", "i", (guest, in) -> sync(guest, in[0], Rights.FD_SYNC, false));
        functions.add("fd_datasync", "i", (guest, in) -> sync(guest, in[0], Rights.FD_DATASYNC, true));
    }

    private static int sync(Preview1Instance guest, long number, long right, boolean dataOnly) {
        Entry.Node entry = guest.descriptors().node(number);
        entry.require(right);
        entry.node().sync(dataOnly);
        return Errno.SUCCESS;
    }

    private static int read(Preview1Instance guest, long[] in) {
        Entry entry = guest.descriptors().get(in[0]);
        long count = switch (entry) {
            case Entry.Folder folder -> throw new ErrnoException(Errno.ISDIR);
            case Entry.File file -> {
                file.require(Rights.FD_READ);
                long read = readAt(guest, file.file, in, file.position);
                file.position += read;
                yield read;
            }
            case Entry.Stream stream -> {
                stream.require(Rights.FD_READ);
                yield readStream(guest, stream, in);
            }
        };
        guest.memory().putInt(in[3], (int) count);
        return Errno.SUCCESS;
    }

    private static int write(Preview1Instance guest, long[] in) {
        Entry entry = guest.descriptors().get(in[0]);
        long count = switch (entry) {
            case Entry.Folder folder -> throw new ErrnoException(Errno.ISDIR);
            case Entry.File file -> {
                file.require(Rights.FD_WRITE);
                boolean append = (file.flags & Entry.APPEND) != 0;
                long written = writeAt(guest, file.file, in, file.position, append);
                file.position = append ? file.file.size() : file.position + written;
                yield written;
            }
            case Entry.Stream stream -> {
                stream.require(Rights.FD_WRITE);
                yield writeStream(guest, stream, in);
            }
        };
        guest.memory().putInt(in[3], (int) count);
        return Errno.SUCCESS;
    }

    /** The guest's list of buffers: address and length of each, at arguments 1 and 2. */
    private static byte[] iovecs(Preview1Instance guest, long[] in) {
        if (in[2] > MOST_IOVECS) {
            throw new ErrnoException(Errno.INVAL);
        }
        return guest.memory().bytes(in[1], (int) in[2] * IOVEC_BYTES);
    }

    private static long address(byte[] iovecs, int at) {
        return Integer.toUnsignedLong(GuestMemory.intAt(iovecs, at));
    }

    private static long length(byte[] iovecs, int at) {
        return Integer.toUnsignedLong(GuestMemory.intAt(iovecs, at + Integer.BYTES));
    }

    private static long readAt(Preview1Instance guest, RegularFile file, long[] in, long position) {
        GuestMemory memory = guest.memory();
        byte[] iovecs = iovecs(guest, in);
        long done = 0;
        for (int at = 0; at < iovecs.length; at += IOVEC_BYTES) {
            long address = address(iovecs, at);
            long left = length(iovecs, at);
            while (left > 0) {
                int part = (int) Math.min(left, GuestMemory.SCRATCH_BYTES);
                byte[] buffer = memory.scratch(part);
                int count = file.read(buffer, 0, part, position + done);
                memory.write(address, buffer, 0, count);
                done += count;
                if (count < part) {
                    return done;
                }
                address += count;
                left -= count;
            }
        }
        return done;
    }

    private static long writeAt(Preview1Instance guest, RegularFile file, long[] in, long position, boolean append) {
        GuestMemory memory = guest.memory();
        byte[] iovecs = iovecs(guest, in);
        long done = 0;
        for (int at = 0; at < iovecs.length; at += IOVEC_BYTES) {
            long address = address(iovecs, at);
            long left = length(iovecs, at);
            while (left > 0) {
                int part = (int) Math.min(left, GuestMemory.SCRATCH_BYTES);
                byte[] buffer = memory.scratch(part);
                memory.read(address, buffer, 0, part);
                guest.state().output(part);
                int count = append ? file.append(buffer, 0, part) : file.write(buffer, 0, part, position + done);
                done += count;
                if (count < part) {
                    return done;
                }
                address += count;
                left -= count;
            }
        }
        return done;
    }

    private static long readStream(Preview1Instance guest, Entry.Stream entry, long[] in) {
        byte[] iovecs = iovecs(guest, in);
        boolean blocking = (entry.flags & Entry.NONBLOCK) == 0;
        long done = 0;
        for (int at = 0; at < iovecs.length; at += IOVEC_BYTES) {
            int most = (int) Math.min(length(iovecs, at), GuestMemory.SCRATCH_BYTES);
            if (most == 0) {
                continue;
            }
            // Only the first buffer is waited for.
            if (done > 0 && entry.stream.ready() <= 0) {
                break;
            }
            byte[] bytes = entry.stream.read(most, blocking);
            guest.memory().write(address(iovecs, at), bytes, 0, bytes.length);
            done += bytes.length;
            if (bytes.length < most) {
                break;
            }
        }
        return done;
    }

    private static long writeStream(Preview1Instance guest, Entry.Stream entry, long[] in) {
        byte[] iovecs = iovecs(guest, in);
        boolean blocking = (entry.flags & Entry.NONBLOCK) == 0;
        long done = 0;
        for (int at = 0; at < iovecs.length; at += IOVEC_BYTES) {
            long address = address(iovecs, at);
            long left = length(iovecs, at);
            while (left > 0) {
                int part = (int) Math.min(left, GuestMemory.SCRATCH_BYTES);
                int count = entry.stream.write(guest.memory().bytes(address, part), blocking);
                done += count;
                if (count < part) {
                    return done;
                }
                address += count;
                left -= count;
            }
        }
        return done;
    }

    private static int seek(Preview1Instance guest, long[] in) {
        Entry.File file = guest.descriptors().file(in[0]);
        boolean asks = in[1] == 0 && in[2] == SEEK_CURRENT;
        file.require(asks ? Rights.FD_TELL : Rights.FD_SEEK | Rights.FD_TELL);
        long from = switch ((int) in[2]) {
            case SEEK_SET -> 0;
            case SEEK_CURRENT -> file.position;
            case SEEK_END -> file.file.size();
            default -> throw new ErrnoException(Errno.INVAL);
        };
        long position = from + in[1];
        if (position < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        file.position = position;
        guest.memory().putLong(in[3], position);
        return Errno.SUCCESS;
    }
}
