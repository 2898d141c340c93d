package dev.warpgrid.wasi.p2.random;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.Wasi02;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code wasi:random}: secure bytes from the configuration, insecure ones from the thread's own generator. */
public final class RandomInterfaces {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RandomInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(secure(), insecure(), insecureSeed());
    }

    private static HostInterface<InstanceState> secure() {
        return Wasi02.interfaceNamed("wasi:random/random")
                .function("get-random-bytes", (state, in) -> secureBytes(state, bytesFor(state, in)))
                .function("get-random-u64", (state, in) ->
                        (long) LONGS.get(secureBytes(state, new byte[Long.BYTES]), 0))
                .build();
    }

    private static HostInterface<InstanceState> insecure() {
        return Wasi02.interfaceNamed("wasi:random/insecure")
                .function("get-insecure-random-bytes", (state, in) -> {
                    byte[] bytes = bytesFor(state, in);
                    ThreadLocalRandom.current().nextBytes(bytes);
                    return bytes;
                })
                .function(
                        "get-insecure-random-u64",
                        (state, in) -> ThreadLocalRandom.current().nextLong())
                .build();
    }

    private static HostInterface<InstanceState> insecureSeed() {
        return Wasi02.interfaceNamed("wasi:random/insecure-seed")
                .function("insecure-seed", (state, in) -> new Object[] {
                    ThreadLocalRandom.current().nextLong(),
                    ThreadLocalRandom.current().nextLong()
                })
                .build();
    }

    private static byte[] secureBytes(InstanceState state, byte[] bytes) {
        state.config().random().fill(bytes);
        return bytes;
    }

    private static byte[] bytesFor(InstanceState state, Object[] arguments) {
        long count = (Long) arguments[0];
        int most = state.config().limits().randomBytesPerCall();
        if (count < 0 || count > most) {
            throw InstanceState.over("randomBytesPerCall", most);
        }
        return new byte[(int) count];
    }
}
