package dev.warpgrid.component.engine;

/** Runs core modules. Thread-safe; one for each process, since compiled code is shared inside it. */
public interface CoreEngine extends AutoCloseable {
    EngineInfo info();

    /**
     * Takes a valid core module for later instances.
     *
     * @throws dev.warpgrid.component.MalformedComponentException when the engine refuses the bytes
     */
    CoreModule compile(byte[] wasm, String name);

    /**
     * Makes an empty store, the unit of isolation: nothing in it is reachable from another.
     *
     * @param context given to each host function that guests of this store call
     */
    CoreStore newStore(Object context);

    @Override
    void close();
}
