package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleReader;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreStore;
import dev.warpgrid.component.engine.EngineInfo;
import java.io.OutputStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Language;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;

/**
 * GraalWasm behind the engine SPI: one {@code Engine}, one cached {@code Source} for each module, one {@code Context}
 * for each store. Code is compiled once and shared by all stores.
 */
public final class GraalWasmEngine implements CoreEngine {
    private static final String INTERPRETED = "Interpreted";
    // The same object for all contexts, or the engine cannot share code between them.
    private static final HostAccess ACCESS =
            HostAccess.newBuilder(HostAccess.EXPLICIT).methodScoping(false).build();

    private final Engine engine;
    private final EngineInfo info;

    private GraalWasmEngine(Engine engine) {
        this.engine = engine;
        String implementation = engine.getImplementationName();
        Language wasm = engine.getLanguages().get("wasm");
        if (wasm == null) {
            throw new IllegalStateException("GraalWasm is not on the class path: add org.graalvm.polyglot:wasm.");
        }
        // A build from the public repository may call itself "Development Build".
        String version = wasm.getVersion().matches("[0-9].*") ? " " + wasm.getVersion() : "";
        this.info = new EngineInfo("GraalWasm" + version, implementation, !implementation.equals(INTERPRETED));
    }

    public static GraalWasmEngine create() {
        return create(Options.defaults());
    }

    public static GraalWasmEngine create(Options options) {
        return new GraalWasmEngine(Engine.newBuilder("wasm")
                .allowExperimentalOptions(true)
                .option("engine.WarnVirtualThreadSupport", "false")
                .option("engine.WarnInterpreterOnly", Boolean.toString(options.warnInterpreterOnly()))
                .option("wasm.ExtendedConstExpressions", "true")
                .option("wasm.MultiMemory", "true")
                .option("wasm.Builtins", BulkWriter.BUILTINS)
                .build());
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public CoreModule compile(byte[] wasm, String name) {
        CoreModuleBinary binary = CoreModuleReader.read(wasm, ComponentLimits.defaults());
        Source source =
                Source.newBuilder("wasm", ByteSequence.create(wasm), name).buildLiteral();
        // Parsed once here, so that a module the engine does not take is refused before anything depends on it.
        try (Context scratch = context(new BulkWriter.Feed())) {
            scratch.eval(source);
        } catch (PolyglotException e) {
            throw new MalformedComponentException(
                    "The engine does not take the core module " + name + ": " + e.getMessage(), 0);
        }
        return new GraalWasmModule(name, source, binary);
    }

    @Override
    public CoreStore newStore(Object context) {
        BulkWriter.Feed feed = new BulkWriter.Feed();
        return new GraalWasmStore(context(feed), feed, context);
    }

    private Context context(BulkWriter.Feed feed) {
        return Context.newBuilder("wasm")
                .engine(engine)
                .allowHostAccess(ACCESS)
                .in(feed)
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .build();
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
