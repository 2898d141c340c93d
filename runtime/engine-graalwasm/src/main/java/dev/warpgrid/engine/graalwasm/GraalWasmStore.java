package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreStore;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** One {@code Context}. */
final class GraalWasmStore implements CoreStore {
    private final Context context;
    private final BulkWriter.Feed feed;
    private final Object hostContext;

    GraalWasmStore(Context context, BulkWriter.Feed feed, Object hostContext) {
        this.context = context;
        this.feed = feed;
        this.hostContext = hostContext;
    }

    @Override
    public CoreInstance instantiate(CoreModule module, CoreExtern[] imports) {
        GraalWasmModule taken = (GraalWasmModule) module;
        try {
            Value parsed = context.eval(taken.source());
            Value instance = taken.imports().isEmpty()
                    ? parsed.newInstance()
                    : parsed.newInstance(new ImportScope(taken, imports, hostContext));
            return new GraalWasmInstance(taken, instance.getMember("exports"), this);
        } catch (PolyglotException e) {
            throw Traps.of(e);
        }
    }

    BulkWriter bulkWriter(Value memory) {
        return new BulkWriter(context, feed, memory);
    }

    @Override
    public void enter() {
        try {
            context.enter();
        } catch (PolyglotException e) {
            throw Traps.of(e);
        } catch (IllegalStateException e) {
            throw new TrapException(TrapException.Kind.INTERRUPTED, "The instance was ended.", e);
        }
    }

    @Override
    public void leave() {
        try {
            context.leave();
        } catch (PolyglotException | IllegalStateException e) {
            // An interrupt closed the context while it was entered; there is nothing left to leave.
            return;
        }
    }

    @Override
    public void interrupt() {
        // Closing cannot be missed by a call that is just about to begin, as an interrupt could. It waits for the call.
        Thread.ofVirtual().name("warpgrid-interrupt").start(() -> context.close(true));
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (IllegalStateException | PolyglotException e) {
            context.close(true);
        }
    }
}
