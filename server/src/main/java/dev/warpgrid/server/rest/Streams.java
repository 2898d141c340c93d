package dev.warpgrid.server.rest;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.server.startup.VirtualThreads;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers with a stream, on a virtual thread of its own, so that none of the container's threads waits. */
@Singleton
public class Streams {
    private static final System.Logger LOG = System.getLogger(Streams.class.getName());

    private final ManagedExecutorService executor;

    @Inject
    public Streams(@VirtualThreads ManagedExecutorService executor) {
        this.executor = executor;
    }

    /** An answer with an end: {@code work} sends all of it. */
    void pour(AsyncResponse answer, StreamFormat format, Caller caller, Consumer<OutgoingStream> work) {
        open(answer, format, caller, stream -> {
            executor.execute(() -> {
                try {
                    work.accept(stream);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "A streamed answer broke off.", e);
                    stream.send("broken", "", Map.of("message", "The server failed before the end: ask again."));
                } finally {
                    stream.end();
                }
            });
            return () -> {};
        });
    }

    /** @param subscribe called before the answer begins, so that what it throws is still answered as a problem */
    void open(
            AsyncResponse answer,
            StreamFormat format,
            Caller caller,
            Function<OutgoingStream, Subscription> subscribe) {
        OutgoingStream stream = new OutgoingStream(format, caller);
        stream.from(subscribe.apply(stream));
        Response response = Response.ok(stream)
                .type(format.mediaType())
                .header("X-Accel-Buffering", "no")
                .build();
        answer.setTimeout(0, java.util.concurrent.TimeUnit.SECONDS);
        executor.execute(() -> {
            if (!answer.resume(response)) {
                stream.close();
            }
        });
    }
}
