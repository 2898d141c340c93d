package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.files.DirectoryEntry;
import dev.warpgrid.wasi.files.DirectoryReader;
import java.util.Optional;

/** {@code wasi:filesystem/types.directory-entry-stream}: the names in a folder, without {@code .} and {@code ..}. */
final class EntryStream extends WasiResource {
    private final DirectoryReader reader;

    EntryStream(InstanceState state, DirectoryReader reader) {
        super(null);
        this.reader = reader;
        try {
            state.fileOpened();
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** {@code option<directory-entry>}. */
    Variant next() {
        Optional<DirectoryEntry> entry = reader.next();
        while (entry.isPresent()
                && (entry.get().name().equals(".") || entry.get().name().equals(".."))) {
            entry = reader.next();
        }
        return entry.map(each ->
                        Variant.some(new Object[] {Variant.of(each.type().index()), each.name()}))
                .orElse(Variant.none());
    }

    @Override
    protected String wasiName() {
        return "directory-entry-stream";
    }

    @Override
    protected void dropped(InstanceState state) {
        reader.close();
        state.fileClosed();
    }
}
