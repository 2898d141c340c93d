package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.files.FileNode;

/** An open file or folder that a descriptor and its streams share; closed with the last of them. */
final class SharedNode {
    private final InstanceState state;
    private final FileNode node;
    private int users = 1;

    /** Takes the node over, which counts as open from now on; closes it where that is one too many. */
    SharedNode(InstanceState state, FileNode node) {
        this.state = state;
        this.node = node;
        try {
            state.fileOpened();
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    FileNode node() {
        return node;
    }

    SharedNode share() {
        users++;
        return this;
    }

    void release() {
        if (--users == 0) {
            node.close();
            state.fileClosed();
        }
    }
}
