package dev.warpgrid.component;

import java.util.Objects;

/**
 * A component ready to be instantiated, immutable and thread-safe.
 *
 * @param <S> the host's state of one instance
 */
public final class LinkedComponent<S> implements AutoCloseable {
    LinkedComponent() {}

    /**
     * Makes an instance in a store of its own and runs its start functions.
     *
     * @throws TrapException when a start function traps
     */
    public ComponentInstance instantiate(S state) {
        Objects.requireNonNull(state);
        return new ComponentInstance();
    }

    /** Whether it exports an interface or function of this name; a version in the name is matched as imports are. */
    public boolean exports(String interfaceName) {
        return interfaceName.isEmpty();
    }

    @Override
    public void close() {}
}
