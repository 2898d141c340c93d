package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreStore;
import dev.warpgrid.component.engine.EngineInfo;
import org.graalvm.polyglot.Engine;

/** GraalWasm behind the engine SPI: one {@code Engine}, one cached {@code Source} per module, one {@code Context} per store. */
public final class GraalWasmEngine implements CoreEngine {
    private final Engine engine;
    private final EngineInfo info;

    private GraalWasmEngine(Engine engine) {
        this.engine = engine;
        String implementation = engine.getImplementationName();
        this.info = new EngineInfo(
                "GraalWasm " + engine.getVersion(), implementation, !implementation.equals("Interpreted"));
    }

    public static GraalWasmEngine create() {
        return create(Options.defaults());
    }

    public static GraalWasmEngine create(Options options) {
        return new GraalWasmEngine(Engine.newBuilder("wasm")
                .allowExperimentalOptions(true)
                .option("engine.WarnVirtualThreadSupport", "false")
                .option("engine.WarnInterpreterOnly", Boolean.toString(options.warnInterpreterOnly()))
                .build());
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public CoreModule compile(byte[] wasm, String name) {
        throw new UnsupportedOperationException("compile " + name);
    }

    @Override
    public CoreStore newStore(Object context) {
        throw new UnsupportedOperationException("newStore " + context);
    }

    @Override
    public void close() {
        engine.close(true);
    }

    /**
     * Settings of the engine.
     *
     * @param warnInterpreterOnly whether Truffle itself prints a warning when no compiler is there; off by default,
     *                            since {@link EngineInfo#compiled()} tells it to whoever asks
     */
    public record Options(boolean warnInterpreterOnly) {
        public static Options defaults() {
            return new Options(false);
        }
    }
}
