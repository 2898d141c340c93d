package dev.warpgrid.wasi.p1;

/** The bits of {@code rights} in preview 1. */
final class Rights {
    static final long FD_DATASYNC = 1;
    static final long FD_READ = 1 << 1;
    static final long FD_SEEK = 1 << 2;
    static final long FD_FDSTAT_SET_FLAGS = 1 << 3;
    static final long FD_SYNC = 1 << 4;
    static final long FD_TELL = 1 << 5;
    static final long FD_WRITE = 1 << 6;
    static final long FD_ADVISE = 1 << 7;
    static final long FD_ALLOCATE = 1 << 8;
    static final long PATH_CREATE_DIRECTORY = 1 << 9;
    static final long PATH_CREATE_FILE = 1 << 10;
    static final long PATH_LINK_SOURCE = 1 << 11;
    static final long PATH_LINK_TARGET = 1 << 12;
    static final long PATH_OPEN = 1 << 13;
    static final long FD_READDIR = 1 << 14;
    static final long PATH_READLINK = 1 << 15;
    static final long PATH_RENAME_SOURCE = 1 << 16;
    static final long PATH_RENAME_TARGET = 1 << 17;
    static final long PATH_FILESTAT_GET = 1 << 18;
    static final long PATH_FILESTAT_SET_SIZE = 1 << 19;
    static final long PATH_FILESTAT_SET_TIMES = 1 << 20;
    static final long FD_FILESTAT_GET = 1 << 21;
    static final long FD_FILESTAT_SET_SIZE = 1 << 22;
    static final long FD_FILESTAT_SET_TIMES = 1 << 23;
    static final long PATH_SYMLINK = 1 << 24;
    static final long PATH_REMOVE_DIRECTORY = 1 << 25;
    static final long PATH_UNLINK_FILE = 1 << 26;
    static final long POLL_FD_READWRITE = 1 << 27;
    static final long SOCK_SHUTDOWN = 1 << 28;
    static final long SOCK_ACCEPT = 1 << 29;

    /** What a file can be used for at most. */
    static final long FILE = FD_DATASYNC
            | FD_READ
            | FD_SEEK
            | FD_FDSTAT_SET_FLAGS
            | FD_SYNC
            | FD_TELL
            | FD_WRITE
            | FD_ADVISE
            | FD_ALLOCATE
            | FD_FILESTAT_GET
            | FD_FILESTAT_SET_SIZE
            | FD_FILESTAT_SET_TIMES
            | POLL_FD_READWRITE;

    /** What changes a file's bytes. */
    static final long CHANGING = FD_WRITE | FD_ALLOCATE | FD_FILESTAT_SET_SIZE;

    /** What a folder can be used for at most. */
    static final long FOLDER = FD_FDSTAT_SET_FLAGS
            | FD_SYNC
            | FD_ADVISE
            | PATH_CREATE_DIRECTORY
            | PATH_CREATE_FILE
            | PATH_LINK_SOURCE
            | PATH_LINK_TARGET
            | PATH_OPEN
            | FD_READDIR
            | PATH_READLINK
            | PATH_RENAME_SOURCE
            | PATH_RENAME_TARGET
            | PATH_FILESTAT_GET
            | PATH_FILESTAT_SET_SIZE
            | PATH_FILESTAT_SET_TIMES
            | FD_FILESTAT_GET
            | FD_FILESTAT_SET_TIMES
            | PATH_SYMLINK
            | PATH_REMOVE_DIRECTORY
            | PATH_UNLINK_FILE
            | POLL_FD_READWRITE;

    static final long STREAM = FD_FDSTAT_SET_FLAGS | FD_FILESTAT_GET | POLL_FD_READWRITE;
    static final long SOCKET = FD_READ | FD_WRITE | STREAM | SOCK_SHUTDOWN;

    private Rights() {}
}
