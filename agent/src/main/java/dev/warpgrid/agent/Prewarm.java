package dev.warpgrid.agent;

import dev.warpgrid.agent.guest.GuestCrashException;
import dev.warpgrid.agent.guest.GuestFactory;
import dev.warpgrid.agent.guest.GuestInstance;
import dev.warpgrid.agent.guest.PreparedGuest;
import dev.warpgrid.agent.guest.UnrunnableException;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import dev.warpgrid.wasi.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.TreeMap;

/**
 * Runs a small bundled component until the engine's own compiler, which starts cold in each process, has compiled the way
 * of a request. Bounded in time: a slow machine is ready late, but it is ready.
 */
final class Prewarm {
    private static final System.Logger LOG = System.getLogger(Prewarm.class.getName());
    private static final String COMPONENT = "prewarm.wasm";
    private static final int CALLS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(6);

    private Prewarm() {}

    /** @return calls made; 0 where the component does not run */
    static int run(GuestFactory factory) {
        long begun = System.nanoTime();
        int calls = 0;
        try (InputStream in = Prewarm.class.getResourceAsStream(COMPONENT)) {
            if (in == null) {
                throw new IOException("The agent's jar has no " + COMPONENT + ".");
            }
            calls = call(factory, in.readAllBytes());
        } catch (IOException | UnrunnableException | GuestCrashException e) {
            LOG.log(System.Logger.Level.ERROR, "The engine could not be warmed; first requests will be slow", e);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "Warmed the engine with " + calls + " calls in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        return calls;
    }

    private static int call(GuestFactory factory, byte[] component) {
        var workload = new Workload(
                new RevisionId(new DeploymentId("warpgrid", "prewarm"), 1),
                Digest.ofSha256(new byte[32]),
                component.length,
                new TreeMap<>(),
                WorkloadLimits.defaults());
        int calls = 0;
        try (PreparedGuest prepared = factory.prepare(workload, component);
                GuestInstance guest = prepared.start((stream, level, text) -> {})) {
            // From here on: a slow start of the process must not leave it cold.
            long begun = System.nanoTime();
            while (calls < CALLS && System.nanoTime() - begun < LIMIT.toNanos()) {
                guest.handle(new Request("/warm/" + calls % 16), new Discarding());
                calls++;
            }
        }
        return calls;
    }

    private record Request(String pathWithQuery) implements HttpRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return "localhost";
        }

        @Override
        public HttpFields headers() {
            return HttpFields.of("accept", "*/*", "user-agent", "prewarm").freeze();
        }

        @Override
        public RequestBody body() {
            return RequestBody.empty();
        }
    }

    private static final class Discarding implements HttpResponseSink {
        @Override
        public void head(int status, HttpFields headers) {}

        @Override
        public int writable() {
            return 64 << 10;
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
