package dev.warpgrid.engine.endive;

import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreGlobal;
import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreMemory;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreStore;
import dev.warpgrid.component.engine.CoreValueType;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.UnlinkableException;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** The instances of one guest. Endive looks at the interrupt flag of the thread it runs on, so that is how it is ended. */
final class EndiveStore implements CoreStore {
    private final Object context;
    private final Object lock = new Object();
    private @Nullable Thread running;
    private int depth;
    private boolean ended;
    private boolean interrupting;

    EndiveStore(Object context) {
        this.context = context;
    }

    @Override
    public CoreInstance instantiate(CoreModule module, CoreExtern[] imports) {
        EndiveModule endive = (EndiveModule) module;
        ImportValues.Builder values = ImportValues.builder();
        List<CoreModuleBinary.Import> wanted = endive.binary().imports();
        for (int i = 0; i < imports.length; i++) {
            add(values, imports[i], wanted.get(i));
        }
        return run(() -> {
            try {
                Instance instance = Instance.builder(endive.module())
                        .withImportValues(values.build())
                        .withMachineFactory(endive.machines())
                        .build();
                return new EndiveInstance(endive, instance, this);
            } catch (UnlinkableException e) {
                throw new LinkException("A core module does not fit what it imports: " + e.getMessage() + ".");
            }
        });
    }

    private void add(ImportValues.Builder values, CoreExtern extern, CoreModuleBinary.Import wanted) {
        switch (extern) {
            case CoreHostFunction function ->
                values.addFunction(new HostFunction(
                        wanted.module(), wanted.name(), type(function), (instance, arguments) -> call(function, arguments)));
            case EndiveExtern guest -> guest.addTo(values, wanted.module(), wanted.name());
            case EndiveFunction function -> function.extern().addTo(values, wanted.module(), wanted.name());
            case EndiveMemory memory -> memory.extern().addTo(values, wanted.module(), wanted.name());
            case EndiveGlobal global -> global.extern().addTo(values, wanted.module(), wanted.name());
            case CoreFunction _, CoreGlobal _, CoreMemory _, dev.warpgrid.component.engine.CoreOpaque _ ->
                throw new IllegalArgumentException("An extern of another engine cannot be imported.");
        }
    }

    private long[] call(CoreHostFunction function, long[] arguments) {
        long[] bits = arguments;
        List<CoreValueType> parameters = function.signature().parameters();
        for (int i = 0; i < bits.length; i++) {
            if (narrow(parameters.get(i))) {
                bits[i] &= 0xffff_ffffL;
            }
        }
        long result = function.body().call(context, bits);
        List<CoreValueType> results = function.signature().results();
        // Endive keeps an i32 as the sign-extended int.
        return results.isEmpty() ? new long[0] : new long[] {results.get(0) == CoreValueType.I32 ? (int) result : result};
    }

    static boolean narrow(CoreValueType type) {
        return type == CoreValueType.I32 || type == CoreValueType.F32;
    }

    private static FunctionType type(CoreHostFunction function) {
        return FunctionType.of(
                function.signature().parameters().stream().map(EndiveStore::type).toList(),
                function.signature().results().stream().map(EndiveStore::type).toList());
    }

    private static ValType type(CoreValueType type) {
        return switch (type) {
            case I32 -> ValType.I32;
            case I64 -> ValType.I64;
            case F32 -> ValType.F32;
            case F64 -> ValType.F64;
        };
    }

    /** Runs guest code, and makes what it throws the traps of the SPI. */
    <T> T run(Supplier<T> guest) {
        begin();
        try {
            return guest.get();
        } catch (TrapException | LinkException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw Traps.of(e, isEnded());
        } finally {
            finish();
        }
    }

    private void begin() {
        synchronized (lock) {
            if (ended) {
                throw new TrapException(Kind.INTERRUPTED, "The guest was ended.");
            }
            running = Thread.currentThread();
            depth++;
        }
    }

    private void finish() {
        synchronized (lock) {
            if (--depth == 0) {
                running = null;
                if (interrupting) {
                    // The flag was set to end this guest, and is not meant for what the thread does next.
                    interrupting = false;
                    Thread.interrupted();
                }
            }
        }
    }

    private boolean isEnded() {
        synchronized (lock) {
            return ended;
        }
    }

    @Override
    public void enter() {
        // A call binds itself.
    }

    @Override
    public void leave() {
        // A call binds itself.
    }

    @Override
    public void interrupt() {
        synchronized (lock) {
            ended = true;
            if (running != null) {
                interrupting = true;
                running.interrupt();
            }
        }
    }

    @Override
    public void close() {
        interrupt();
    }
}
