package dev.warpgrid.wasi.p2.clocks;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.Wasi02;
import java.time.Instant;
import java.util.List;

/** {@code wasi:clocks/monotonic-clock} and {@code wall-clock}. */
public final class ClockInterfaces {
    private static final long MONOTONIC_RESOLUTION_NANOS = 1;
    private static final int WALL_RESOLUTION_NANOS = 1_000;

    private ClockInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(monotonic(), wall());
    }

    private static HostInterface<InstanceState> monotonic() {
        return Wasi02.interfaceNamed("wasi:clocks/monotonic-clock")
                .function(
                        "now",
                        (state, in) -> state.config().clocks().monotonicNanos().getAsLong())
                .function("resolution", (state, in) -> MONOTONIC_RESOLUTION_NANOS)
                .function("subscribe-instant", (state, in) -> new TimerPollable(state, (Long) in[0]))
                .function("subscribe-duration", (state, in) -> TimerPollable.after(state, (Long) in[0]))
                .build();
    }

    private static HostInterface<InstanceState> wall() {
        return Wasi02.interfaceNamed("wasi:clocks/wall-clock")
                .function("now", (state, in) -> {
                    Instant now = state.config().clocks().wall().instant();
                    return new Object[] {now.getEpochSecond(), now.getNano()};
                })
                .function("resolution", (state, in) -> new Object[] {0L, WALL_RESOLUTION_NANOS})
                .build();
    }
}
