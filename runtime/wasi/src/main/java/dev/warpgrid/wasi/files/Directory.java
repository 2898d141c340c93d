package dev.warpgrid.wasi.files;

/**
 * An open folder. Paths are relative to it and do not lead out of it; {@code follow} says whether a link at the end of a
 * path is followed. Whatever fails throws a {@link FileException}.
 */
public final class Directory extends FileNode {
    Directory(Volume volume, int descriptor) {
        super(volume, descriptor);
    }

    @Override
    void beforeClose() {}

    /**
     * Opens a regular file or a folder. Devices, pipes and sockets that the operator left in the folder are refused with
     * {@code ACCESS}: a guest could block on them, and they are no files.
     */
    public FileNode open(String path, boolean follow, OpenMode mode) {
        boolean changes = mode.write() || mode.create() || mode.truncate();
        if (mode.directory() && (mode.create() || mode.exclusive() || mode.truncate())) {
            throw new FileException(FileError.INVALID);
        }
        try (PathWalk walk = PathWalk.of(descriptor(), path, follow)) {
            boolean folder = mode.directory() || walk.folderWanted();
            if (folder && mode.create()) {
                throw new FileException(FileError.IS_DIRECTORY);
            }
            if (folder && !mode.write()) {
                return new Directory(
                        volume(), Posix.open(walk.parent(), walk.name(), Posix.READ_ONLY | Posix.DIRECTORY));
            }
            if (changes) {
                volume().requireWritable();
            }
            return volume().counted()
                    ? volume().withNamesStill(() -> openAny(walk, folder, mode))
                    : openAny(walk, folder, mode);
        }
    }

    private FileNode openAny(PathWalk walk, boolean folder, OpenMode mode) {
        int flags = mode.accessFlags() | (folder ? Posix.DIRECTORY : 0);
        int descriptor = mode.create() ? openOrCreate(walk, flags, mode) : open(walk, flags);
        boolean done = false;
        try {
            FileNode node = node(descriptor, mode);
            done = true;
            return node;
        } finally {
            if (!done) {
                Posix.close(descriptor);
            }
        }
    }

    private static int open(PathWalk walk, int flags) {
        try {
            return Posix.open(walk.parent(), walk.name(), flags);
        } catch (FileException e) {
            // What Linux says of a pipe without a reader and of a socket.
            throw e.error() == FileError.NO_SUCH_DEVICE ? new FileException(FileError.ACCESS) : e;
        }
    }

    private int openOrCreate(PathWalk walk, int flags, OpenMode mode) {
        while (true) {
            if (!mode.exclusive()) {
                try {
                    return open(walk, flags);
                } catch (FileException e) {
                    if (e.error() != FileError.NO_ENTRY) {
                        throw e;
                    }
                }
            }
            int[] created = {-1};
            try {
                volume().creating(() ->
                        created[0] = Posix.open(walk.parent(), walk.name(), flags | Posix.CREATE | Posix.EXCLUSIVE));
                return created[0];
            } catch (FileException e) {
                // Someone else made it between the two looks.
                if (mode.exclusive() || e.error() != FileError.EXIST) {
                    throw e;
                }
            }
        }
    }

    private FileNode node(int descriptor, OpenMode mode) {
        FileType type = Posix.stat(descriptor).type();
        if (type == FileType.DIRECTORY) {
            if (mode.write() || mode.truncate()) {
                throw new FileException(FileError.IS_DIRECTORY);
            }
            return new Directory(volume(), descriptor);
        }
        if (type != FileType.REGULAR_FILE) {
            throw new FileException(FileError.ACCESS);
        }
        RegularFile file = new RegularFile(volume(), descriptor, mode.read(), mode.write());
        if (mode.truncate()) {
            boolean done = false;
            try {
                file.resize(0);
                done = true;
            } finally {
                if (!done) {
                    file.beforeClose();
                }
            }
        }
        return file;
    }

    public FileStat stat(String path, boolean follow) {
        try (PathWalk walk = PathWalk.of(descriptor(), path, follow)) {
            FileStat stat = Posix.stat(walk.parent(), walk.name());
            if (walk.folderWanted() && !stat.directory()) {
                throw new FileException(FileError.NOT_DIRECTORY);
            }
            return stat;
        }
    }

    public void setTimes(String path, boolean follow, TimeChange accessed, TimeChange modified) {
        volume().requireWritable();
        try (PathWalk walk = PathWalk.of(descriptor(), path, follow)) {
            requireFolderWhereWanted(walk);
            Posix.setTimes(walk.parent(), walk.name(), accessed, modified);
        }
    }

    public void createDirectory(String path) {
        try (PathWalk walk = PathWalk.of(descriptor(), stripped(path), false)) {
            volume().creating(() -> Posix.createDirectory(walk.parent(), walk.name()));
        }
    }

    public void removeDirectory(String path) {
        try (PathWalk walk = PathWalk.of(descriptor(), stripped(path), false)) {
            volume().removing(walk.parent(), walk.name(), () -> Posix.removeDirectory(walk.parent(), walk.name()));
        }
    }

    /** Removes a name that is no folder's. */
    public void unlink(String path) {
        try (PathWalk walk = PathWalk.of(descriptor(), path, false)) {
            if (walk.folderWanted()) {
                boolean folder = Posix.stat(walk.parent(), walk.name()).directory();
                throw new FileException(folder ? FileError.IS_DIRECTORY : FileError.NOT_DIRECTORY);
            }
            volume().removing(walk.parent(), walk.name(), () -> Posix.unlink(walk.parent(), walk.name()));
        }
    }

    /** Moves a name, over a file or an empty folder that may be there. */
    public void rename(String path, Directory to, String newPath) {
        requireSameVolume(to);
        to.volume().requireWritable();
        try (PathWalk from = PathWalk.of(descriptor(), stripped(path), false);
                PathWalk target = PathWalk.of(to.descriptor(), stripped(newPath), false)) {
            boolean folderSaid = path.endsWith("/") || newPath.endsWith("/");
            if (folderSaid && !Posix.stat(from.parent(), from.name()).directory()) {
                throw new FileException(FileError.NOT_DIRECTORY);
            }
            volume().replacing(from.parent(), from.name(), target.parent(), target.name());
        }
    }

    /** Gives a file one more name. A link at the end of the path gets the name itself. */
    public void link(String path, Directory to, String newPath) {
        requireSameVolume(to);
        try (PathWalk from = PathWalk.of(descriptor(), path, false);
                PathWalk target = PathWalk.of(to.descriptor(), stripped(newPath), false)) {
            requireFolderWhereWanted(from);
            refuseSlashAfterNewName(target, newPath);
            volume().creating(() -> Posix.link(from.parent(), from.name(), target.parent(), target.name()));
        }
    }

    /**
     * Makes a symbolic link.
     *
     * @param content a relative path, which may lead nowhere; an absolute one is not permitted
     */
    public void symlink(String content, String path) {
        if (content.isEmpty()) {
            throw new FileException(FileError.NO_ENTRY);
        }
        if (content.indexOf('\0') >= 0) {
            throw new FileException(FileError.INVALID);
        }
        if (content.charAt(0) == '/') {
            throw new FileException(FileError.NOT_PERMITTED);
        }
        try (PathWalk walk = PathWalk.of(descriptor(), stripped(path), false)) {
            refuseSlashAfterNewName(walk, path);
            volume().creating(() -> Posix.symlink(content, walk.parent(), walk.name()));
        }
    }

    /** What a symbolic link holds; an absolute one, which only the operator can have made, is not permitted. */
    public String readLink(String path) {
        try (PathWalk walk = PathWalk.of(descriptor(), path, false)) {
            String content = Posix.readLink(walk.parent(), walk.name());
            if (content.startsWith("/")) {
                throw new FileException(FileError.NOT_PERMITTED);
            }
            return content;
        }
    }

    /** Reads the names in this folder, from the first on, on a descriptor of its own. */
    public DirectoryReader read() {
        return new DirectoryReader(Posix.open(descriptor(), ".", Posix.READ_ONLY | Posix.DIRECTORY));
    }

    private void requireSameVolume(Directory other) {
        if (other.volume() != volume()) {
            throw new FileException(FileError.CROSS_DEVICE);
        }
    }

    private static void requireFolderWhereWanted(PathWalk walk) {
        if (walk.folderWanted() && !Posix.stat(walk.parent(), walk.name()).directory()) {
            throw new FileException(FileError.NOT_DIRECTORY);
        }
    }

    /** A slash after a name that is to be made for something that is no folder. */
    private static void refuseSlashAfterNewName(PathWalk walk, String path) {
        if (path.endsWith("/")) {
            boolean folder = Posix.stat(walk.parent(), walk.name()).directory();
            throw new FileException(folder ? FileError.EXIST : FileError.NOT_DIRECTORY);
        }
    }

    /** Without the slashes at its end, which would have a link followed where the link itself is meant. */
    private static String stripped(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
