package dev.warpgrid.wasi.files;

/** A regular file that is open somewhere in a counted volume; its monitor guards its size. */
final class Inode {
    final Key key;
    int users;
    boolean nameless;

    Inode(Key key) {
        this.key = key;
    }

    /** What identifies a file. */
    record Key(long device, long number) {
        static Key of(FileStat stat) {
            return new Key(stat.device(), stat.inode());
        }
    }
}
