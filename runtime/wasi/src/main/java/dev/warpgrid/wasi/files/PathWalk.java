package dev.warpgrid.wasi.files;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Follows a guest's path from an open folder to the folder that holds its last name, one open folder after the other.
 * {@code ..} goes back to a folder opened before and never past the first; links are read and their content is walked in
 * the same way; an absolute path or link is refused. What a guest renames meanwhile cannot lead out: an open folder stays
 * the folder it was.
 */
final class PathWalk implements AutoCloseable {
    private static final int LONGEST_PATH_CHARS = 4096;
    private static final int MOST_LINKS = 40;
    private static final int MOST_DEPTH = 256;

    private final Deque<String> ahead = new ArrayDeque<>();
    // Folders entered; the base below them belongs to the caller.
    private int[] entered = new int[8];
    private int depth;
    private final int base;
    private int links;
    private String name = ".";
    private boolean folderWanted;

    private PathWalk(int base) {
        this.base = base;
    }

    /**
     * Walks to the last name of a path.
     *
     * @param follow whether a link at the end is walked too; with a slash after it, it always is
     * @throws FileException {@code NOT_PERMITTED} where the path leads out
     */
    static PathWalk of(int base, String path, boolean follow) {
        PathWalk walk = new PathWalk(base);
        boolean done = false;
        try {
            walk.push(path, true);
            walk.run(follow);
            done = true;
            return walk;
        } finally {
            if (!done) {
                walk.close();
            }
        }
    }

    /** The open folder with the last name in it. */
    int parent() {
        return depth == 0 ? base : entered[depth - 1];
    }

    /** The last name; {@code .} when the path ends at {@link #parent} itself. Not a link, if links were to be followed. */
    String name() {
        return name;
    }

    /** Whether the path says by a slash at its end that it means a folder. */
    boolean folderWanted() {
        return folderWanted;
    }

    private void push(String path, boolean last) {
        if (path.isEmpty()) {
            throw new FileException(FileError.NO_ENTRY);
        }
        if (path.length() > LONGEST_PATH_CHARS) {
            throw new FileException(FileError.NAME_TOO_LONG);
        }
        if (path.indexOf('\0') >= 0) {
            throw new FileException(FileError.INVALID);
        }
        if (path.charAt(0) == '/') {
            throw new FileException(FileError.NOT_PERMITTED);
        }
        folderWanted |= last && path.charAt(path.length() - 1) == '/';
        int end = path.length();
        while (end > 0) {
            int start = path.lastIndexOf('/', end - 1) + 1;
            if (end > start) {
                ahead.push(path.substring(start, end));
            }
            end = start - 1;
        }
    }

    private void run(boolean follow) {
        while (!ahead.isEmpty()) {
            String part = ahead.pop();
            boolean last = ahead.isEmpty();
            if (part.equals(".")) {
                name = ".";
            } else if (part.equals("..")) {
                leave();
            } else if (!last) {
                enter(part);
            } else if (!(follow || folderWanted) || !walkLink(part, true)) {
                name = part;
            }
        }
    }

    private void leave() {
        name = ".";
        if (depth == 0) {
            throw new FileException(FileError.NOT_PERMITTED);
        }
        Posix.close(entered[--depth]);
    }

    private void enter(String part) {
        name = ".";
        int folder;
        try {
            folder = Posix.open(parent(), part, Posix.PATH_ONLY | Posix.DIRECTORY);
        } catch (FileException e) {
            boolean maybeLink = e.error() == FileError.NOT_DIRECTORY || e.error() == FileError.LOOP;
            if (maybeLink && walkLink(part, false)) {
                return;
            }
            throw e;
        }
        if (depth == MOST_DEPTH) {
            Posix.close(folder);
            throw new FileException(FileError.NAME_TOO_LONG);
        }
        if (depth == entered.length) {
            entered = Arrays.copyOf(entered, 2 * depth);
        }
        entered[depth++] = folder;
    }

    /** Puts the content of a link before what is left of the path; answers whether the name is one. */
    private boolean walkLink(String part, boolean last) {
        String content;
        try {
            content = Posix.readLink(parent(), part);
        } catch (FileException e) {
            if (e.error() == FileError.INVALID || e.error() == FileError.NO_ENTRY) {
                return false;
            }
            throw e;
        }
        if (++links > MOST_LINKS) {
            throw new FileException(FileError.LOOP);
        }
        push(content, last);
        return true;
    }

    @Override
    public void close() {
        while (depth > 0) {
            Posix.close(entered[--depth]);
        }
    }
}
