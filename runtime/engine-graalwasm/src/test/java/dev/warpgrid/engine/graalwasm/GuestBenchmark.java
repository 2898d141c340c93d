package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentFunction;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.testing.Guests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints what calls and instances cost. Run by hand with the module's JVM flags; not a test, since times depend on the
 * machine: {@code GuestBenchmark [seconds for each figure]}.
 */
public final class GuestBenchmark {
    private static final int INSTANCES = 1_000;
    private final long nanosEach;

    private GuestBenchmark(long nanosEach) {
        this.nanosEach = nanosEach;
    }

    public static void main(String[] arguments) {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 5;
        GuestBenchmark benchmark = new GuestBenchmark((long) (seconds * 1e9));
        try (GraalWasmEngine engine = GraalWasmEngine.create()) {
            System.out.println(engine.info());
            HostInterface.Builder<Object> values = HostInterface.named("test:host/values", "0.2.3");
            CanonicalAbiTest.NAMES.forEach(name -> values.function("echo-" + name, (state, given) -> given[0]));
            LinkedComponent<Object> linked = new Linker<Object>(engine)
                    .provide(values.build())
                    .link(Component.parse(Guests.bytes("echo-utf8")), InstanceLimits.defaults());
            benchmark.calls(linked);
            benchmark.instances(linked);
            benchmark.density(linked);
        }
    }

    private void calls(LinkedComponent<Object> linked) {
        try (ComponentInstance instance = linked.instantiate(new Object())) {
            call(instance, "u32", 7);
            call(instance, "string", "hello");
            call(instance, "point", new Object[] {1, 2.0, "name"});
            for (int bytes : new int[] {64, 1024, 16_384, 65_536}) {
                call(instance, "bytes", new byte[bytes]);
            }
        }
    }

    private void call(ComponentInstance instance, String name, Object value) {
        ComponentFunction function = instance.function("test:guest/values", "echo-" + name);
        double best = Double.MAX_VALUE;
        int batch = 200;
        for (long end = System.nanoTime() + nanosEach; System.nanoTime() < end; ) {
            long start = System.nanoTime();
            for (int i = 0; i < batch; i++) {
                function.call(value);
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) batch);
        }
        String size = value instanceof byte[] bytes ? " of " + bytes.length + " bytes" : "";
        System.out.printf("host -> guest -> host -> guest -> host with %s%s: %.2f us%n", name, size, best / 1e3);
    }

    private void instances(LinkedComponent<Object> linked) {
        List<Long> nanos = new ArrayList<>();
        for (long end = System.nanoTime() + 2 * nanosEach; System.nanoTime() < end; ) {
            long start = System.nanoTime();
            ComponentInstance instance = linked.instantiate(new Object());
            nanos.add(System.nanoTime() - start);
            instance.close();
        }
        long[] late = nanos.subList(nanos.size() / 2, nanos.size()).stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        System.out.printf(
                "instantiate: p50 %.1f us, p99 %.1f us of the later half of %d%n",
                late[late.length / 2] / 1e3, late[late.length * 99 / 100] / 1e3, nanos.size());
    }

    private void density(LinkedComponent<Object> linked) {
        long before = usedHeap();
        ComponentInstance[] live = new ComponentInstance[INSTANCES];
        Arrays.setAll(live, i -> linked.instantiate(new Object()));
        long each = (usedHeap() - before) / INSTANCES;
        System.out.printf(
                "idle instance: %.1f KB of heap, %.1f KB of them linear memory%n",
                each / 1024.0, live[0].memoryBytes() / 1024.0);
        for (ComponentInstance instance : live) {
            instance.close();
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
