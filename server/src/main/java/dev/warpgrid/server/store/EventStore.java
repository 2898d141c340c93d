package dev.warpgrid.server.store;

import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events, of which the newest {@link #KEPT} are kept. */
public interface EventStore {
    int KEPT = 10_000;

    /** Numbers grow in the order of commits, so whoever reads past a number has missed nothing below it. */
    EventView append(NewEvent event, Instant at);

    /**
     * The newest {@code limit}, newest last.
     *
     * @param namespaces only events of those; null for all, those of no namespace too
     */
    List<EventView> latest(EventFilter filter, @Nullable Set<String> namespaces, int limit);

    /** The first {@code limit} after {@code id}, of {@code namespaces} as above. */
    List<EventView> after(EventFilter filter, @Nullable Set<String> namespaces, long id, int limit);

    /** The newest number; 0 where there is none. */
    long lastId();
}
