package dev.warpgrid.wasi;

import dev.warpgrid.component.GuestInterruptedException;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.wasi.net.NetworkPolicy;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the host keeps for one instance of a component. Everything else of the host interfaces is shared by all
 * instances, so this object stays small. Used by the instance's thread; {@link #interrupt} by any.
 */
public final class InstanceState {
    // No wait is longer in one piece, so that a wake-up lost by a source costs a second and not for ever.
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_RESOLVED = 256;

    private final WasiConfig config;
    private int openStreams;
    private int openPollables;
    private @Nullable LinkedHashMap<InetAddress, String> resolved;
    private int openFiles;
    private int openSockets;
    private int outgoingRequests;
    private long outputBytes;
    private boolean closing;
    private @Nullable LogLines stdout;
    private @Nullable LogLines stderr;
    private @Nullable Thread caller;
    private volatile @Nullable String interruptReason;

    public InstanceState(WasiConfig config) {
        this.config = config;
    }

    public WasiConfig config() {
        return config;
    }

    /** A guest call begins on this thread. */
    public synchronized void enter() {
        outputBytes = 0;
        caller = Thread.currentThread();
    }

    /** The guest call ended: its unfinished log lines are given out, and the thread is free of an interrupt of ours. */
    public void exit() {
        endLines();
        synchronized (this) {
            caller = null;
            if (interruptReason != null) {
                Thread.interrupted();
            }
        }
    }

    /** Ends a wait that goes on now and forbids any later one. */
    public synchronized void interrupt(String reason) {
        interruptReason = reason;
        if (caller != null) {
            caller.interrupt();
        }
    }

    /** The instance goes: from now on handles are dropped in any order. */
    public void close() {
        closing = true;
        endLines();
    }

    public boolean closing() {
        return closing;
    }

    /**
     * Waits on a source, or just lets time go by when there is none.
     *
     * @throws GuestInterruptedException when the instance or the thread was interrupted
     */
    public void await(@Nullable Waiting source, long nanos) {
        refuseWhenInterrupted();
        long bounded = Math.clamp(nanos, 1, LONGEST_WAIT_NANOS);
        if (source == null) {
            LockSupport.parkNanos(this, bounded);
        } else {
            try {
                source.await(bounded);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        refuseWhenInterrupted();
    }

    private void refuseWhenInterrupted() {
        String reason = interruptReason;
        if (reason != null) {
            throw new GuestInterruptedException("A wait of the guest was ended: " + reason);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new GuestInterruptedException("A wait of the guest was ended: its thread was interrupted.");
        }
    }

    /** Counts a stream in. */
    public void streamOpened() {
        if (openStreams >= config.limits().openStreams()) {
            throw over("openStreams", config.limits().openStreams());
        }
        openStreams++;
    }

    public void streamClosed() {
        openStreams--;
    }

    /** Counts a pollable in. */
    public void pollableOpened() {
        if (openPollables >= config.limits().openPollables()) {
            throw over("openPollables", config.limits().openPollables());
        }
        openPollables++;
    }

    public void pollableClosed() {
        openPollables--;
    }

    /** Counts an open file, folder or listing in. */
    public void fileOpened() {
        if (openFiles >= config.limits().openFiles()) {
            throw over("openFiles", config.limits().openFiles());
        }
        openFiles++;
    }

    public void fileClosed() {
        openFiles--;
    }

    /** Counts a socket or name look-up in. */
    public void socketOpened() {
        if (openSockets >= config.limits().openSockets()) {
            throw over("openSockets", config.limits().openSockets());
        }
        openSockets++;
    }

    public void socketClosed() {
        openSockets--;
    }

    /** A name that the guest looked up led to an address; the oldest are forgotten. */
    public void resolved(String name, InetAddress address) {
        LinkedHashMap<InetAddress, String> known = resolved;
        if (known == null) {
            known = new LinkedHashMap<>();
            resolved = known;
        }
        known.putLast(address, name);
        if (known.size() > MOST_RESOLVED) {
            known.pollFirstEntry();
        }
    }

    /** Whether the guest's sockets may reach a peer, by its address or by a name that led to it. */
    public boolean mayReach(InetAddress address, int port) {
        NetworkPolicy policy = config.sockets().connect();
        String name = resolved == null ? null : resolved.get(address);
        return policy.allows(address, port) || (name != null && policy.allows(name, address, port));
    }

    /** Counts an HTTP request of the guest's own in. */
    public void requestStarted() {
        if (outgoingRequests >= config.limits().outgoingRequests()) {
            throw over("outgoingRequests", config.limits().outgoingRequests());
        }
        outgoingRequests++;
    }

    public void requestEnded() {
        outgoingRequests--;
    }

    /** Counts bytes that the guest gives out, over the whole of a call. */
    public void output(long bytes) {
        outputBytes += bytes;
        if (outputBytes > config.limits().outputBytes()) {
            throw over("outputBytes", config.limits().outputBytes());
        }
    }

    /** What a guest went over, as the exception that ends its call. */
    public static LimitExceededException over(String limit, long value) {
        return new LimitExceededException(
                limit,
                "The guest went over the limit " + limit + " of " + value + "; the workload's limits can raise it.");
    }

    /** Takes bytes that the guest wrote to stdout or stderr. */
    public void log(LogStream stream, byte[] bytes) {
        lines(stream).write(bytes);
    }

    private LogLines lines(LogStream stream) {
        LogLines known = stream == LogStream.STDERR ? stderr : stdout;
        if (known != null) {
            return known;
        }
        LogLines made = new LogLines(config, stream);
        if (stream == LogStream.STDERR) {
            stderr = made;
        } else {
            stdout = made;
        }
        return made;
    }

    private void endLines() {
        if (stdout != null) {
            stdout.end();
        }
        if (stderr != null) {
            stderr.end();
        }
    }
}
