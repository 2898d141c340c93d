package dev.warpgrid.wasi.p1;

/** The numbers of {@code errno} in preview 1 that do not come from a file operation. */
final class Errno {
    static final int SUCCESS = 0;
    static final int AGAIN = 6;
    static final int BADF = 8;
    static final int FAULT = 21;
    static final int ILSEQ = 25;
    static final int INVAL = 28;
    static final int ISDIR = 31;
    static final int NAMETOOLONG = 37;
    static final int NOTDIR = 54;
    static final int NOTSOCK = 57;
    static final int NOTSUP = 58;
    static final int PIPE = 64;
    static final int NOTCAPABLE = 76;

    private Errno() {}
}
