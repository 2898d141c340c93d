package dev.warpgrid.server.rest;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.server.startup.VirtualThreads;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** Answers with a stream, on a virtual thread of its own, so that none of the container's threads waits. */
@Singleton
public class Streams {
    private final ManagedExecutorService executor;

    @Inject
    public Streams(@VirtualThreads ManagedExecutorService executor) {
        this.executor = executor;
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
