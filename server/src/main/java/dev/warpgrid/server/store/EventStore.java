package dev.warpgrid.server.store;

import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventView;
import java.time.Instant;
import java.util.List;

/** Events, of which the newest {@link #KEPT} are kept. */
public interface EventStore {
    int KEPT = 10_000;

    /** Numbers grow in the order of commits, so whoever reads past a number has missed nothing below it. */
    EventView append(NewEvent event, Instant at);

    /** The newest {@code limit}, newest last. */
    List<EventView> latest(EventFilter filter, int limit);

    /** The first {@code limit} after {@code id}. */
    List<EventView> after(EventFilter filter, long id, int limit);

    /** The newest number; 0 where there is none. */
    long lastId();
}
