package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code wasi:sockets/ip-name-lookup.resolve-address-stream}. Asks the machine's resolver on a thread of its own; the
 * addresses it gives out are those that the policy lets the guest reach under this name, and from then on it may.
 */
final class NameLookup extends WasiResource implements Waiting {
    private final InstanceState state;
    private final String name;
    private final Object lock = new Object();
    private @Nullable List<InetAddress> addresses;
    private @Nullable SocketError failure;
    private @Nullable Runnable waker;
    private int next;

    private NameLookup(InstanceState state, String name) {
        super(null);
        this.state = state;
        this.name = name;
        state.socketOpened();
    }

    static NameLookup of(InstanceState state, String name) throws IOException {
        if (!name.matches("[A-Za-z0-9_.:-]{1,253}")) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        if (!state.config().sockets().connect().mayResolve(name)) {
            throw SocketError.ACCESS_DENIED.asException();
        }
        NameLookup lookup = new NameLookup(state, name);
        Thread.ofVirtual().name("name-lookup").start(lookup::resolve);
        return lookup;
    }

    private void resolve() {
        try {
            done(List.of(InetAddress.getAllByName(name)), null);
        } catch (UnknownHostException e) {
            done(List.of(), SocketError.NAME_UNRESOLVABLE);
        }
    }

    private void done(List<InetAddress> found, @Nullable SocketError error) {
        Runnable woken;
        synchronized (lock) {
            addresses = found;
            failure = error;
            lock.notifyAll();
            woken = waker;
        }
        if (woken != null) {
            woken.run();
        }
    }

    boolean ready() {
        synchronized (lock) {
            return addresses != null;
        }
    }

    /** {@code option<ip-address>}. */
    Variant next() throws IOException {
        List<InetAddress> found;
        synchronized (lock) {
            if (failure != null) {
                throw failure.asException();
            }
            if (addresses == null) {
                throw SocketError.WOULD_BLOCK.asException();
            }
            found = addresses;
        }
        while (next < found.size()) {
            InetAddress address = found.get(next++);
            if (state.config().sockets().connect().allowsNamed(name, address)) {
                state.resolved(name, address);
                return Variant.some(Addresses.toVariant(address));
            }
        }
        return Variant.none();
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        Waiting.on(lock, this::ready, nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable runnable) {
        synchronized (lock) {
            waker = runnable;
        }
        return true;
    }

    @Override
    protected String wasiName() {
        return "resolve-address-stream";
    }

    @Override
    protected void dropped(InstanceState state) {
        state.socketClosed();
    }
}
