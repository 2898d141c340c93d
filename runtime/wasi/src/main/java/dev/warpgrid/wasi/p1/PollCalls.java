package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.io.Pollable;
import dev.warpgrid.wasi.p2.io.Polling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** {@code poll_oneoff}: waits for time and descriptors together. */
final class PollCalls {
    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int CLOCK = 0;
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int ABSOLUTE = 1;
    private static final short HANGUP = 1;

    private PollCalls() {}

    static int poll(Preview1Instance guest, long[] in) {
        int count = (int) in[2];
        if (count <= 0 || count > guest.config().limits().openPollables()) {
            return Errno.INVAL;
        }
        byte[] wanted = guest.memory().bytes(in[0], count * SUBSCRIPTION_BYTES);
        List<Pollable> pollables = new ArrayList<>(count);
        try {
            for (int index = 0; index < count; index++) {
                pollables.add(pollable(guest, wanted, index * SUBSCRIPTION_BYTES));
            }
            List<Object> ready = Polling.poll(guest.state(), pollables);
            byte[] events = new byte[ready.size() * EVENT_BYTES];
            int at = 0;
            for (Object each : ready) {
                int index = (Integer) each;
                event(events, at, wanted, index * SUBSCRIPTION_BYTES, pollables.get(index));
                at += EVENT_BYTES;
            }
            guest.memory().write(in[1], events, 0, events.length);
            guest.memory().putInt(in[3], ready.size());
            return Errno.SUCCESS;
        } finally {
            pollables.forEach(each -> WasiResource.drop(guest.state(), each));
        }
    }

    private static Pollable pollable(Preview1Instance guest, byte[] wanted, int at) {
        int type = wanted[at + 8];
        if (type == CLOCK) {
            return clock(guest, wanted, at);
        }
        if (type != READ && type != WRITE) {
            throw new ErrnoException(Errno.INVAL);
        }
        int number = GuestMemory.intAt(wanted, at + 16);
        try {
            Entry entry = guest.descriptors().get(Integer.toUnsignedLong(number));
            entry.require(Rights.POLL_FD_READWRITE);
            return Readiness.of(guest.state(), entry, type == READ);
        } catch (ErrnoException e) {
            return new Readiness(guest.state(), null, e.errno(), 0);
        }
    }

    private static Pollable clock(Preview1Instance guest, byte[] wanted, int at) {
        int clock = GuestMemory.intAt(wanted, at + 16);
        long timeout = GuestMemory.longAt(wanted, at + 24);
        boolean absolute = (GuestMemory.intAt(wanted, at + 40) & ABSOLUTE) != 0;
        try {
            long now = ProcessCalls.now(guest, clock);
            long instant = absolute ? timeout : now + timeout;
            boolean never = timeout < 0 || instant < 0;
            return new Deadline(guest.state(), () -> ProcessCalls.now(guest, clock), never ? Long.MAX_VALUE : instant);
        } catch (ErrnoException e) {
            return new Readiness(guest.state(), null, e.errno(), 0);
        }
    }

    private static void event(byte[] events, int at, byte[] wanted, int from, Pollable pollable) {
        GuestMemory.putLong(events, at, GuestMemory.longAt(wanted, from));
        int type = wanted[from + 8];
        int error = pollable instanceof Readiness readiness ? readiness.errno : Errno.SUCCESS;
        GuestMemory.putInt(events, at + 8, error | type << 16);
        if (pollable instanceof Readiness readiness) {
            int bytes = readiness.bytes();
            GuestMemory.putLong(events, at + 16, Math.max(bytes, 0));
            GuestMemory.putLong(events, at + 24, bytes < 0 ? HANGUP : 0);
        }
    }

    /** Ready from an instant on. */
    private static final class Deadline extends Pollable {
        private final LongSupplier clock;
        private final long instant;

        Deadline(InstanceState state, LongSupplier clock, long instant) {
            super(state, null);
            this.clock = clock;
            this.instant = instant;
        }

        @Override
        public boolean ready() {
            return clock.getAsLong() >= instant;
        }

        @Override
        public long nanosLeft() {
            return instant - clock.getAsLong();
        }

        @Override
        public boolean timed() {
            return true;
        }

        @Override
        public void await(long nanos) {
            throw new IllegalStateException("A clock has no source to wait on.");
        }
    }

    /** Ready when a descriptor is, or cannot be asked. */
    private static final class Readiness extends Pollable {
        private final @Nullable StandardStream stream;
        private final int errno;
        private final long bytes;

        Readiness(InstanceState state, @Nullable StandardStream stream, int errno, long bytes) {
            super(state, null);
            this.stream = stream;
            this.errno = errno;
            this.bytes = bytes;
        }

        static Readiness of(InstanceState state, Entry entry, boolean reading) {
            return switch (entry) {
                case Entry.Stream stream ->
                    stream.stream.input() == reading
                            ? new Readiness(state, stream.stream, Errno.SUCCESS, 0)
                            : new Readiness(state, null, Errno.BADF, 0);
                case Entry.File file ->
                    new Readiness(
                            state,
                            null,
                            Errno.SUCCESS,
                            reading ? Math.max(0, file.file.size() - file.position) : GuestMemory.SCRATCH_BYTES);
                case Entry.Folder folder -> new Readiness(state, null, Errno.BADF, 0);
            };
        }

        int bytes() {
            return stream == null ? (int) Math.min(bytes, Integer.MAX_VALUE) : stream.ready();
        }

        @Override
        public boolean ready() {
            return stream == null || stream.ready() != 0;
        }

        private @Nullable Waiting waiting() {
            return stream == null ? null : stream.waiting();
        }

        @Override
        public void await(long nanos) throws InterruptedException {
            Waiting source = waiting();
            if (source != null) {
                source.await(nanos);
            }
        }

        @Override
        public boolean wake(@Nullable Runnable waker) {
            Waiting source = waiting();
            return source == null || source.wake(waker);
        }
    }
}
