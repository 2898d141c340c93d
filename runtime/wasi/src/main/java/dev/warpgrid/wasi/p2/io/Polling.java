package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.InstanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for pollables, one or many. */
public final class Polling {
    // Of several sources some of which cannot wake us, we wait on one after the other; none is seen later than this.
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Polling() {}

    public static void block(InstanceState state, Pollable pollable) {
        while (!pollable.ready()) {
            state.await(pollable.timed() ? null : pollable, pollable.nanosLeft());
        }
    }

    /** The indexes of those that are ready, at least one, ascending. */
    public static List<Object> poll(InstanceState state, List<?> pollables) {
        if (pollables.isEmpty()) {
            throw new GuestFaultException("The guest polls an empty list, which would wait for ever.");
        }
        int turn = 0;
        List<Object> ready = readyOf(pollables);
        while (ready.isEmpty()) {
            awaitAny(state, pollables, turn++);
            ready = readyOf(pollables);
        }
        return ready;
    }

    private static List<Object> readyOf(List<?> pollables) {
        List<Object> ready = List.of();
        for (int index = 0; index < pollables.size(); index++) {
            if (((Pollable) pollables.get(index)).ready()) {
                if (ready.isEmpty()) {
                    ready = new ArrayList<>();
                }
                ready.add(index);
            }
        }
        return ready;
    }

    private static void awaitAny(InstanceState state, List<?> pollables, int turn) {
        long nanos = Pollable.NO_TIME_SET;
        int sources = 0;
        for (Object each : pollables) {
            Pollable pollable = (Pollable) each;
            nanos = Math.min(nanos, pollable.nanosLeft());
            sources += pollable.timed() ? 0 : 1;
        }
        if (sources == 0) {
            state.await(null, nanos);
        } else if (sources == 1) {
            state.await(sourceAt(pollables, 0), nanos);
        } else {
            awaitWoken(state, pollables, nanos, turn % sources);
        }
    }

    private static void awaitWoken(InstanceState state, List<?> pollables, long nanos, int turn) {
        Thread guest = Thread.currentThread();
        try {
            boolean all = wake(pollables, () -> LockSupport.unpark(guest));
            // One may have become ready before it was asked to wake us.
            if (!readyOf(pollables).isEmpty()) {
                return;
            }
            if (all) {
                state.await(null, nanos);
            } else {
                state.await(sourceAt(pollables, turn), Math.min(nanos, TURN_NANOS));
            }
        } finally {
            wake(pollables, null);
        }
    }

    private static boolean wake(List<?> pollables, @Nullable Runnable waker) {
        boolean all = true;
        for (Object each : pollables) {
            Pollable pollable = (Pollable) each;
            all &= pollable.timed() || pollable.wake(waker);
        }
        return all;
    }

    private static @Nullable Pollable sourceAt(List<?> pollables, int wanted) {
        int seen = 0;
        for (Object each : pollables) {
            Pollable pollable = (Pollable) each;
            if (!pollable.timed() && seen++ == wanted) {
                return pollable;
            }
        }
        return null;
    }
}
