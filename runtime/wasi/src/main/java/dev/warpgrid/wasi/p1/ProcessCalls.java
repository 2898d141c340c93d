package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.GuestExitException;
import dev.warpgrid.wasi.GuestFaultException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Arguments, environment, clocks, randomness and the end of a module. */
final class ProcessCalls {
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;
    private static final int LAST_CLOCK = 3;
    private static final long REALTIME_RESOLUTION_NANOS = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private ProcessCalls() {}

    static void addTo(Preview1Functions functions) {
        functions.add(
                "args_sizes_get",
                "ii",
                (guest, in) -> sizes(guest, guest.config().arguments(), in));
        functions.add(
                "args_get", "ii", (guest, in) -> texts(guest, guest.config().arguments(), in));
        functions.add("environ_sizes_get", "ii", (guest, in) -> sizes(guest, variables(guest), in));
        functions.add("environ_get", "ii", (guest, in) -> texts(guest, variables(guest), in));
        functions.add("clock_res_get", "ii", (guest, in) -> {
            requireClock((int) in[0]);
            guest.memory().putLong(in[1], in[0] == REALTIME ? REALTIME_RESOLUTION_NANOS : 1);
            return Errno.SUCCESS;
        });
        functions.add("clock_time_get", "iIi", (guest, in) -> {
            guest.memory().putLong(in[2], now(guest, (int) in[0]));
            return Errno.SUCCESS;
        });
        functions.add("random_get", "ii", ProcessCalls::random);
        // The guest has its thread to itself; there is nobody to yield to.
        functions.add("sched_yield", "", (guest, in) -> Errno.SUCCESS);
        functions.add("proc_raise", "i", (guest, in) -> {
            throw new GuestFaultException("The guest raised signal " + in[0] + " on itself.");
        });
        functions.addEnd("proc_exit", (guest, in) -> {
            throw new GuestExitException((int) in[0]);
        });
    }

    private static List<String> variables(Preview1Instance guest) {
        return guest.config().environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static int sizes(Preview1Instance guest, List<String> texts, long[] in) {
        int bytes = 0;
        for (String text : texts) {
            bytes += text.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        guest.memory().putInt(in[0], texts.size());
        guest.memory().putInt(in[1], bytes);
        return Errno.SUCCESS;
    }

    private static int texts(Preview1Instance guest, List<String> texts, long[] in) {
        long pointer = in[0];
        long address = in[1];
        for (String text : texts) {
            byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
            guest.memory().putInt(pointer, (int) address);
            guest.memory().write(address, bytes, 0, bytes.length);
            pointer += Integer.BYTES;
            address += bytes.length;
        }
        return Errno.SUCCESS;
    }

    private static void requireClock(int clock) {
        if (clock < 0 || clock > LAST_CLOCK) {
            throw new ErrnoException(Errno.INVAL);
        }
        // Processor time is nobody's business but the host's, which limits it.
        if (clock > MONOTONIC) {
            throw new ErrnoException(Errno.NOTSUP);
        }
    }

    static long now(Preview1Instance guest, int clock) {
        requireClock(clock);
        if (clock == MONOTONIC) {
            return guest.config().clocks().monotonicNanos().getAsLong();
        }
        Instant now = guest.config().clocks().wall().instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    private static int random(Preview1Instance guest, long[] in) {
        long address = in[0];
        long left = in[1];
        while (left > 0) {
            int part = (int) Math.min(left, GuestMemory.SCRATCH_BYTES);
            byte[] bytes = new byte[part];
            guest.config().random().fill(bytes);
            guest.memory().write(address, bytes, 0, part);
            address += part;
            left -= part;
        }
        return Errno.SUCCESS;
    }
}
