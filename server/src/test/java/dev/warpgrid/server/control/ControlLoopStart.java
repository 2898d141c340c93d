package dev.warpgrid.server.control;

import dev.warpgrid.server.startup.DatabaseReady;

/** Does by hand what the container does at start and end. */
public final class ControlLoopStart {
    private ControlLoopStart() {}

    public static void start(EventQueue queue, ControlLoop loop) {
        queue.start(new DatabaseReady());
        loop.start(new DatabaseReady());
    }

    public static void start(GridRoutesFeed routes) {
        routes.start(new DatabaseReady());
    }

    public static void stop(GridRoutesFeed routes) {
        routes.stop();
    }

    public static void stop(EventQueue queue, ControlLoop loop) {
        loop.stop();
        queue.stop();
    }
}
