package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.component.HostFunction;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.files.FileError;
import dev.warpgrid.wasi.files.FileException;
import dev.warpgrid.wasi.files.Preopen;
import dev.warpgrid.wasi.p2.Wasi02;
import dev.warpgrid.wasi.p2.io.IoError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code wasi:filesystem}. Every way to a file starts at a folder of the configuration. */
public final class FilesystemInterfaces {
    private static final List<Variant> ERRORS = Stream.of(FileError.values())
            .map(error -> Variant.err(Variant.of(error.index())))
            .toList();
    private static final Variant OK = Variant.ok();

    private FilesystemInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(types(), preopens());
    }

    private static HostInterface<InstanceState> preopens() {
        return Wasi02.interfaceNamed("wasi:filesystem/preopens")
                .function("get-directories", (state, in) -> {
                    List<Object> folders = new ArrayList<>();
                    for (Preopen folder : state.config().folders()) {
                        folders.add(new Object[] {
                            Descriptor.ofFolder(state, folder.volume().root()), folder.guestPath()
                        });
                    }
                    return folders;
                })
                .build();
    }

    private static HostInterface<InstanceState> types() {
        HostInterface.Builder<InstanceState> types = Wasi02.interfaceNamed("wasi:filesystem/types")
                .resource("descriptor", Descriptor.class, WasiResource::drop)
                .resource("directory-entry-stream", EntryStream.class, WasiResource::drop)
                .function(
                        "filesystem-error-code",
                        (state, in) -> ((IoError) in[0])
                                .detail()
                                .filter(FileError.class::isInstance)
                                .map(error -> Variant.some(Variant.of(((FileError) error).index())))
                                .orElse(Variant.none()))
                .function(
                        "[method]directory-entry-stream.read-directory-entry",
                        answering((state, in) -> ((EntryStream) in[0]).next()));
        addDescriptor(types);
        addFile(types);
        addFolder(types);
        addNames(types);
        return types.build();
    }

    private static void addDescriptor(HostInterface.Builder<InstanceState> types) {
        types.function("[method]descriptor.get-flags", answering((state, in) -> self(in).flags()))
                .function(
                        "[method]descriptor.get-type",
                        answering((state, in) ->
                                Variant.of(self(in).node().stat().type().index())))
                .function(
                        "[method]descriptor.stat",
                        answering((state, in) ->
                                Descriptor.describe(self(in).node().stat())))
                .function(
                        "[method]descriptor.metadata-hash",
                        answering((state, in) -> Descriptor.hash(self(in).node().stat())))
                .function(
                        "[method]descriptor.set-times",
                        doing((state, in) ->
                                self(in).node().setTimes(Descriptor.change(in[1]), Descriptor.change(in[2]))))
                .function(
                        "[method]descriptor.sync",
                        doing((state, in) -> self(in).node().sync(false)))
                .function(
                        "[method]descriptor.sync-data",
                        doing((state, in) -> self(in).node().sync(true)))
                .function("[method]descriptor.is-same-object", (state, in) -> {
                    try {
                        return self(in).node().sameObject(((Descriptor) in[1]).node());
                    } catch (FileException e) {
                        return false;
                    }
                });
    }

    private static void addFile(HostInterface.Builder<InstanceState> types) {
        types.function("[method]descriptor.read-via-stream", answering((state, in) -> self(in).input((Long) in[1])))
                .function(
                        "[method]descriptor.write-via-stream",
                        answering((state, in) -> self(in).output(position(in[1]))))
                .function(
                        "[method]descriptor.append-via-stream",
                        answering((state, in) -> self(in).output(FileOutput.APPEND)))
                .function(
                        "[method]descriptor.read", answering((state, in) -> self(in).read((Long) in[1], (Long) in[2])))
                .function(
                        "[method]descriptor.write",
                        answering((state, in) -> self(in).write((byte[]) in[1], (Long) in[2])))
                .function(
                        "[method]descriptor.set-size",
                        doing((state, in) -> self(in).file().truncate((Long) in[1])))
                // Advice is free to be ignored; only that it is about a file is checked.
                .function("[method]descriptor.advise", doing((state, in) -> self(in).file()));
    }

    private static void addFolder(HostInterface.Builder<InstanceState> types) {
        types.function(
                        "[method]descriptor.read-directory",
                        answering((state, in) ->
                                new EntryStream(state, self(in).folder().read())))
                .function(
                        "[method]descriptor.open-at",
                        answering((state, in) ->
                                self(in).open((Integer) in[1], (String) in[2], (Integer) in[3], (Integer) in[4])))
                .function(
                        "[method]descriptor.stat-at",
                        answering((state, in) ->
                                Descriptor.describe(self(in).folder().stat((String) in[2], follows(in)))))
                .function(
                        "[method]descriptor.metadata-hash-at",
                        answering(
                                (state, in) -> Descriptor.hash(self(in).folder().stat((String) in[2], follows(in)))))
                .function(
                        "[method]descriptor.set-times-at",
                        doing((state, in) -> self(in).folder()
                                .setTimes(
                                        (String) in[2],
                                        follows(in),
                                        Descriptor.change(in[3]),
                                        Descriptor.change(in[4]))))
                .function(
                        "[method]descriptor.readlink-at",
                        answering((state, in) -> self(in).folder().readLink((String) in[1])));
    }

    private static void addNames(HostInterface.Builder<InstanceState> types) {
        types.function(
                        "[method]descriptor.create-directory-at",
                        doing((state, in) -> self(in).folder().createDirectory((String) in[1])))
                .function(
                        "[method]descriptor.remove-directory-at",
                        doing((state, in) -> self(in).folder().removeDirectory((String) in[1])))
                .function(
                        "[method]descriptor.unlink-file-at",
                        doing((state, in) -> self(in).folder().unlink((String) in[1])))
                .function(
                        "[method]descriptor.rename-at",
                        doing((state, in) -> self(in).folder()
                                .rename((String) in[1], ((Descriptor) in[2]).folder(), (String) in[3])))
                .function("[method]descriptor.link-at", doing((state, in) -> {
                    if (follows(in)) {
                        throw new FileException(FileError.INVALID);
                    }
                    self(in).folder().link((String) in[2], ((Descriptor) in[3]).folder(), (String) in[4]);
                }))
                .function(
                        "[method]descriptor.symlink-at",
                        doing((state, in) -> self(in).folder().symlink((String) in[1], (String) in[2])));
    }

    private static Descriptor self(Object[] arguments) {
        return (Descriptor) arguments[0];
    }

    private static boolean follows(Object[] arguments) {
        return Descriptor.follows((Integer) arguments[1]);
    }

    /** An unsigned offset; one past the range of long is no place in a file. */
    private static long position(Object given) {
        long offset = (Long) given;
        if (offset < 0) {
            throw new FileException(FileError.INVALID);
        }
        return offset;
    }

    /** An operation whose result is a value. */
    @FunctionalInterface
    private interface Answer {
        Object of(InstanceState state, Object[] arguments);
    }

    /** An operation whose result is empty. */
    @FunctionalInterface
    private interface Deed {
        void run(InstanceState state, Object[] arguments);
    }

    private static HostFunction<InstanceState> answering(Answer answer) {
        return (state, in) -> {
            try {
                return Variant.ok(answer.of(state, in));
            } catch (FileException e) {
                return ERRORS.get(e.error().index());
            }
        };
    }

    private static HostFunction<InstanceState> doing(Deed deed) {
        return (state, in) -> {
            try {
                deed.run(state, in);
                return OK;
            } catch (FileException e) {
                return ERRORS.get(e.error().index());
            }
        };
    }
}
