package dev.warpgrid.component;

/**
 * A resource of a guest in the hands of the host. An owned one is the host's to drop; a borrowed one is good until the
 * call that brought it returns. Bound to its instance and its thread rule.
 */
public interface GuestResource extends AutoCloseable {
    String typeName();

    boolean owned();

    /** Drops an owned resource: its destructor runs in the guest. Closing twice, or a borrowed one, does nothing. */
    @Override
    void close();
}
