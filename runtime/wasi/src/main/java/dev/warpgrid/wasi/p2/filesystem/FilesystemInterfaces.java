package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.component.HostFunction;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.Wasi02;
import java.util.List;

/**
 * {@code wasi:filesystem} without a folder. Every way to a file starts at a preopened descriptor, and there is none; the
 * methods of a descriptor are there to be linked and answer {@code access}.
 */
public final class FilesystemInterfaces {
    private static final List<String> DESCRIPTOR_METHODS = List.of(
            "read-via-stream",
            "write-via-stream",
            "append-via-stream",
            "advise",
            "sync-data",
            "get-flags",
            "get-type",
            "set-size",
            "set-times",
            "read",
            "write",
            "read-directory",
            "sync",
            "create-directory-at",
            "stat",
            "stat-at",
            "set-times-at",
            "link-at",
            "open-at",
            "readlink-at",
            "remove-directory-at",
            "rename-at",
            "symlink-at",
            "unlink-file-at",
            "metadata-hash",
            "metadata-hash-at");
    private static final Variant ACCESS = Variant.err(Variant.of(0));
    private static final HostFunction<InstanceState> DENY = (state, in) -> ACCESS;

    private FilesystemInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(types(), preopens());
    }

    private static HostInterface<InstanceState> preopens() {
        return Wasi02.interfaceNamed("wasi:filesystem/preopens")
                .function("get-directories", (state, in) -> List.of())
                .build();
    }

    private static HostInterface<InstanceState> types() {
        HostInterface.Builder<InstanceState> types = Wasi02.interfaceNamed("wasi:filesystem/types")
                .resource("descriptor", NoFile.class, WasiResource::drop)
                .resource("directory-entry-stream", NoFile.class, WasiResource::drop)
                .function("filesystem-error-code", (state, in) -> Variant.none())
                .function("[method]descriptor.is-same-object", (state, in) -> in[0].equals(in[1]))
                .function("[method]directory-entry-stream.read-directory-entry", DENY);
        DESCRIPTOR_METHODS.forEach(name -> types.function("[method]descriptor." + name, DENY));
        return types.build();
    }
}
