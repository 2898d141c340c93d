package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.server.store.EventStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Consumer;

/** Events from the store. */
@Singleton
@StoreFaults
@Transactional
public class StoredEvents implements EventService {
    private final EventStore events;
    private final EventFeed feed;

    @Inject
    public StoredEvents(EventStore events, EventFeed feed) {
        this.events = events;
        this.feed = feed;
    }

    @Override
    public List<EventView> latest(Caller caller, EventFilter filter, int limit) {
        Access.Places places = Access.places(caller, Permission.EVENT_READ, place(filter));
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw ApiException.invalid(
                    "/limit", "A list holds 1 to " + MAXIMUM_LIMIT + " events, and " + limit + " were asked for.");
        }
        return events.latest(filter, places.namespaces(), limit);
    }

    @Override
    public Subscription watch(Caller caller, EventFilter filter, long afterId, Consumer<EventView> listener) {
        Access.places(caller, Permission.EVENT_READ, place(filter));
        return feed.subscribe(filter, () -> places(caller, filter), afterId, listener);
    }

    private static Access.Places places(Caller caller, EventFilter filter) {
        return Access.places(caller, Permission.EVENT_READ, place(filter));
    }

    private static String place(EventFilter filter) {
        return filter.namespace() == null ? "*" : filter.namespace();
    }
}
