package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.model.ByteSize;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What every request and answer has: a bounded body, a number, no place in a cache. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class RequestFrame implements ContainerRequestFilter, ContainerResponseFilter {
    static final int MAXIMUM_JSON_BYTES = 1 << 20;

    @Context
    @SuppressWarnings("NullAway.Init") // set by the container
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        boolean upload =
                context.getMediaType() != null && context.getMediaType().isCompatible(Uploads.WASM_TYPE);
        if (upload) {
            Uploads.requireLength(request.getContentLengthLong());
        } else if (context.hasEntity()) {
            if (request.getContentLengthLong() > MAXIMUM_JSON_BYTES) {
                throw tooLarge();
            }
            context.setEntityStream(new Bounded(context.getEntityStream()));
        }
    }

    @Override
    public void filter(ContainerRequestContext context, ContainerResponseContext response) {
        response.getHeaders().putSingle(RequestIds.HEADER, RequestIds.of(request));
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
        if (!response.getHeaders().containsKey("Cache-Control")) {
            response.getHeaders().putSingle("Cache-Control", "no-store");
        }
    }

    private static ApiException tooLarge() {
        return new ApiException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "A JSON body holds at most " + new ByteSize(MAXIMUM_JSON_BYTES) + ": make it smaller.");
    }

    /** Counts, because a chunked body tells no length in advance. */
    private static final class Bounded extends FilterInputStream {
        private long left = MAXIMUM_JSON_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            return next < 0 ? next : spend(1, next);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            return count < 0 ? count : spend(count, count);
        }

        private int spend(int count, int answer) {
            left -= count;
            if (left < 0) {
                throw tooLarge();
            }
            return answer;
        }
    }
}
