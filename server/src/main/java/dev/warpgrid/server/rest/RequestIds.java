package dev.warpgrid.server.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ThreadLocalRandom;

/** A number for each request, in its answer and in the log beside what went wrong with it. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = "dev.warpgrid.requestId";

    private RequestIds() {}

    static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        // Nothing rests on it being hard to guess.
        String id = String.format("%016x", ThreadLocalRandom.current().nextLong());
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
