package dev.warpgrid.server.service;

import dev.warpgrid.server.store.NewEvent;

/** Takes events from all parts of the server. Joins the caller's transaction, or makes its own where there is none. */
public interface EventRecorder {
    void record(NewEvent event);
}
