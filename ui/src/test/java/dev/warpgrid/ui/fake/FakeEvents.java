package dev.warpgrid.ui.fake;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.api.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Events in a list. */
public final class FakeEvents implements EventService {
    public final List<EventView> all = new ArrayList<>();
    private final List<Consumer<EventView>> listeners = new ArrayList<>();

    public void add(Severity severity, String reason, String deployment) {
        EventView event = new EventView(
                all.size() + 1,
                FakeDeployments.NOW,
                severity,
                reason,
                reason + " happened.",
                "default",
                deployment,
                null,
                null,
                1);
        all.add(event);
        listeners.forEach(one -> one.accept(event));
    }

    @Override
    public List<EventView> latest(Caller caller, EventFilter filter, int limit) {
        List<EventView> matching = all.stream().filter(filter::matches).toList();
        return matching.subList(Math.max(0, matching.size() - limit), matching.size());
    }

    @Override
    public Subscription watch(Caller caller, EventFilter filter, long afterId, Consumer<EventView> listener) {
        Consumer<EventView> filtered = event -> {
            if (filter.matches(event)) {
                listener.accept(event);
            }
        };
        all.stream().filter(event -> event.id() > afterId).forEach(filtered);
        listeners.add(filtered);
        return () -> listeners.remove(filtered);
    }
}
