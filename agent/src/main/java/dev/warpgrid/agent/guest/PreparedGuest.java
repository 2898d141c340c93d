package dev.warpgrid.agent.guest;

/** A revision's code, linked once. Thread-safe. */
public interface PreparedGuest extends AutoCloseable {
    /**
     * Makes an instance and runs its start functions, on the caller's thread.
     *
     * @throws GuestCrashException when a start function traps
     */
    GuestInstance start(GuestLog log);

    @Override
    void close();
}
