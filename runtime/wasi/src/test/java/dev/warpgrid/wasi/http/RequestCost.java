package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.WasiConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what one request costs on the guest's thread, what an instance costs to make and what an idle one keeps.
 * Arguments: the component's file, then {@code request PATH COUNT}, {@code instantiate COUNT} or {@code idle COUNT}.
 */
final class RequestCost {
    private static final WasiConfig CONFIG =
            WasiConfig.builder().environment("WHO", "bench").build();

    private RequestCost() {}

    public static void main(String[] arguments) throws Exception {
        byte[] binary = Files.readAllBytes(Path.of(arguments[0]));
        try (CoreEngine engine = GraalWasmEngine.create()) {
            System.out.printf(
                    Locale.ROOT,
                    "engine %s, compiled %s%n",
                    engine.info().implementation(),
                    engine.info().compiled());
            HttpComponent guest = HttpComponent.link(
                    engine, Component.parse(binary), InstanceLimits.defaults().withMemoryBytes(64L << 20));
            switch (arguments[1]) {
                case "request" -> requests(guest, arguments[2], Integer.parseInt(arguments[3]));
                case "instantiate" -> instances(guest, Integer.parseInt(arguments[2]));
                case "idle" -> idle(guest, Integer.parseInt(arguments[2]));
                default -> throw new IllegalArgumentException("Unknown measurement " + arguments[1] + ".");
            }
        }
    }

    private static void requests(HttpComponent guest, String path, int count) {
        try (HttpInstance instance = guest.instantiate(CONFIG)) {
            DiscardingSink sink = new DiscardingSink();
            HttpRequest request = TestRequest.get(path);
            for (int round = 1; round <= 10; round++) {
                long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                long wall = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    instance.handle(request, sink);
                }
                long cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
                System.out.printf(
                        Locale.ROOT,
                        "round %2d: %s %.2f us CPU, %.2f us wall per request%n",
                        round,
                        path,
                        cpuNanos / 1000.0 / count,
                        (System.nanoTime() - wall) / 1000.0 / count);
            }
        }
    }

    private static void instances(HttpComponent guest, int count) {
        HttpRequest request = TestRequest.get("/health");
        DiscardingSink sink = new DiscardingSink();
        for (int round = 1; round <= 6; round++) {
            long[] made = new long[count];
            long[] first = new long[count];
            for (int i = 0; i < count; i++) {
                long began = System.nanoTime();
                try (HttpInstance instance = guest.instantiate(CONFIG)) {
                    made[i] = System.nanoTime() - began;
                    instance.handle(request, sink);
                    first[i] = System.nanoTime() - began;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "round %d: instantiate %s; with first call %s%n",
                    round,
                    percentiles(made),
                    percentiles(first));
        }
    }

    private static String percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "p50 %.1f us p99 %.1f us",
                nanos[nanos.length / 2] / 1000.0,
                nanos[nanos.length * 99 / 100] / 1000.0);
    }

    private static void idle(HttpComponent guest, int count) {
        HttpRequest request = TestRequest.get("/");
        List<HttpInstance> kept = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            HttpInstance warm = guest.instantiate(CONFIG);
            warm.handle(request, new DiscardingSink());
            warm.close();
        }
        long before = usedAfterCollection();
        for (int i = 0; i < count; i++) {
            HttpInstance instance = guest.instantiate(CONFIG);
            instance.handle(request, new DiscardingSink());
            kept.add(instance);
        }
        long bytes = (usedAfterCollection() - before) / count;
        System.out.printf(
                Locale.ROOT,
                "%d idle instances: %d bytes of heap each, %d of them linear memory%n",
                count,
                bytes,
                kept.getFirst().memoryBytes());
        kept.forEach(HttpInstance::close);
    }

    private static long usedAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Takes a response and keeps nothing. */
    private static final class DiscardingSink implements HttpResponseSink {
        @Override
        public void head(int status, HttpFields headers) {}

        @Override
        public int writable() {
            return 1 << 16;
        }

        @Override
        public void write(byte[] bytes) {}

        @Override
        public void flush() {}

        @Override
        public boolean awaitWritable(long nanos) {
            return true;
        }

        @Override
        public void end(HttpFields trailers) {}

        @Override
        public void abort(String reason) {}

        @Override
        public boolean closed() {
            return false;
        }
    }
}
