package dev.warpgrid.api;

import java.util.List;
import java.util.function.Consumer;

/** Events, newest last. */
public interface EventService {
    int MAXIMUM_LIMIT = 1000;

    /** @param limit the newest so many, 1 to {@link #MAXIMUM_LIMIT} */
    List<EventView> latest(Caller caller, EventFilter filter, int limit);

    /** Those after {@code afterId} that are still kept, then new ones as they come, without gap or double. */
    Subscription watch(Caller caller, EventFilter filter, long afterId, Consumer<EventView> listener);
}
