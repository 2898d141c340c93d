package dev.warpgrid.component.engine;

/** The instances of one guest and everything they reach. One thread at a time, {@link #interrupt} excepted. */
public interface CoreStore extends AutoCloseable {
    /**
     * Instantiates a module and runs its start function.
     *
     * @param imports in the order of the module's import section
     * @throws dev.warpgrid.component.TrapException when the start function traps
     * @throws dev.warpgrid.component.LinkException when an import has another type than the module wants
     */
    CoreInstance instantiate(CoreModule module, CoreExtern[] imports);

    /** Binds the store to this thread for a run of calls, which makes each of them cheaper. */
    void enter();

    /** Ends what {@link #enter} began, on the same thread. */
    void leave();

    /**
     * Ends running guest code and wakes a blocked host function of this store by interrupting its thread; at once when
     * nothing runs. The store is of no use afterwards. Does not wait.
     */
    void interrupt();

    /** Frees the store, ending what still runs in it. */
    @Override
    void close();
}
