package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.Wasi02;
import java.util.List;

/** {@code wasi:io/error}, {@code wasi:io/poll} and {@code wasi:io/streams}. */
public final class IoInterfaces {
    private IoInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(error(), poll(), streams());
    }

    private static HostInterface<InstanceState> error() {
        return Wasi02.interfaceNamed("wasi:io/error")
                .resource("error", IoError.class, WasiResource::drop)
                .function("[method]error.to-debug-string", (state, in) -> ((IoError) in[0]).sentence())
                .build();
    }

    private static HostInterface<InstanceState> poll() {
        return Wasi02.interfaceNamed("wasi:io/poll")
                .resource("pollable", Pollable.class, WasiResource::drop)
                .function("[method]pollable.ready", (state, in) -> ((Pollable) in[0]).ready())
                .function("[method]pollable.block", (state, in) -> {
                    Polling.block(state, (Pollable) in[0]);
                    return null;
                })
                .function("poll", (state, in) -> Polling.poll(state, (List<?>) in[0]))
                .build();
    }

    private static HostInterface<InstanceState> streams() {
        HostInterface.Builder<InstanceState> streams = Wasi02.interfaceNamed("wasi:io/streams")
                .resource("input-stream", GuestInput.class, WasiResource::drop)
                .resource("output-stream", GuestOutput.class, WasiResource::drop);
        addInput(streams);
        addOutput(streams);
        addSplice(streams);
        return streams.build();
    }

    private static void addInput(HostInterface.Builder<InstanceState> streams) {
        streams.function("[method]input-stream.read", (state, in) -> input(in).read(state, (Long) in[1]))
                .function("[method]input-stream.blocking-read", (state, in) -> {
                    input(in).awaitFor(state, (Long) in[1]);
                    return input(in).read(state, (Long) in[1]);
                })
                .function("[method]input-stream.skip", (state, in) -> input(in).skip(state, (Long) in[1]))
                .function("[method]input-stream.blocking-skip", (state, in) -> {
                    input(in).awaitFor(state, (Long) in[1]);
                    return input(in).skip(state, (Long) in[1]);
                })
                .function("[method]input-stream.subscribe", (state, in) -> {
                    GuestInput input = input(in);
                    return new StreamPollable(state, input, input::ready, input);
                });
    }

    private static void addOutput(HostInterface.Builder<InstanceState> streams) {
        streams.function(
                        "[method]output-stream.check-write",
                        (state, in) -> output(in).checkWrite(state))
                .function(
                        "[method]output-stream.write", (state, in) -> output(in).write((byte[]) in[1]))
                .function(
                        "[method]output-stream.blocking-write-and-flush",
                        (state, in) -> output(in).blockingWriteAndFlush(state, (byte[]) in[1]))
                .function(
                        "[method]output-stream.flush", (state, in) -> output(in).flushNow())
                .function(
                        "[method]output-stream.blocking-flush",
                        (state, in) -> output(in).flushNow())
                .function("[method]output-stream.subscribe", (state, in) -> {
                    GuestOutput output = output(in);
                    return new StreamPollable(state, output, output::ready, output);
                })
                .function(
                        "[method]output-stream.write-zeroes",
                        (state, in) ->
                                output(in).write(zeroes(state.config().limits().streamChunkBytes(), in)))
                .function(
                        "[method]output-stream.blocking-write-zeroes-and-flush",
                        (state, in) ->
                                output(in).blockingWriteAndFlush(state, zeroes(GuestOutput.BLOCKING_WRITE_BYTES, in)));
    }

    private static void addSplice(HostInterface.Builder<InstanceState> streams) {
        streams.function(
                        "[method]output-stream.splice",
                        (state, in) -> output(in).splice(state, (GuestInput) in[1], (Long) in[2]))
                .function("[method]output-stream.blocking-splice", (state, in) -> {
                    Variant moved = output(in).blockingSplice(state, (GuestInput) in[1], (Long) in[2]);
                    return moved;
                });
    }

    private static GuestInput input(Object[] arguments) {
        return (GuestInput) arguments[0];
    }

    private static GuestOutput output(Object[] arguments) {
        return (GuestOutput) arguments[0];
    }

    // One byte more than any permit, so that a count over the bound is refused like a write of that size.
    private static byte[] zeroes(int bound, Object[] arguments) {
        return new byte[(int) GuestInput.lengthOf((Long) arguments[1], bound + 1L)];
    }
}
