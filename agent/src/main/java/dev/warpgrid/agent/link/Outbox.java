package dev.warpgrid.agent.link;

import dev.warpgrid.agent.supervise.FactSink;
import dev.warpgrid.agent.supervise.NodeEvent;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What waits to be told to the server. Bounded: of many facts about one instance the newest stays, equal events become one
 * with a count, and events beyond the bound are counted only. Thread-safe.
 */
public final class Outbox implements FactSink {
    /** Facts before they are thinned out to one for each instance. */
    static final int MOST_FACTS = 8_192;
    /** Different events. */
    static final int MOST_EVENTS = 512;

    private record EventKey(String reason, Optional<?> instance, Optional<?> revision) {}

    private ArrayDeque<InstanceFact> facts = new ArrayDeque<>();
    private final Map<EventKey, NodeEvent> events = new LinkedHashMap<>();
    private long eventsDropped;
    private OptionalLong applied = OptionalLong.empty();
    private Runnable whenFilled = () -> {};

    /** @param listener called from any thread when there is something to send; must not block */
    public synchronized void whenFilled(Runnable listener) {
        whenFilled = listener;
    }

    @Override
    public void fact(InstanceFact fact) {
        Runnable listener;
        synchronized (this) {
            if (facts.size() >= MOST_FACTS) {
                thinOut();
            }
            facts.addLast(fact);
            listener = whenFilled;
        }
        listener.run();
    }

    private void thinOut() {
        Map<InstanceId, InstanceFact> newest = new LinkedHashMap<>();
        for (InstanceFact fact : facts) {
            newest.remove(fact.instance());
            newest.put(fact.instance(), fact);
        }
        facts = new ArrayDeque<>(newest.values());
        // More instances than the bound: the oldest news go; the next hello tells all states anyway.
        while (facts.size() >= MOST_FACTS) {
            facts.removeFirst();
        }
    }

    @Override
    public void event(NodeEvent event) {
        Runnable listener;
        synchronized (this) {
            var key = new EventKey(event.reason(), event.instance(), event.revision());
            NodeEvent before = events.get(key);
            if (before != null) {
                events.put(key, folded(before, event));
            } else if (events.size() < MOST_EVENTS) {
                events.put(key, event);
            } else {
                eventsDropped++;
            }
            listener = whenFilled;
        }
        listener.run();
    }

    private static NodeEvent folded(NodeEvent before, NodeEvent event) {
        return new NodeEvent(
                event.at(),
                event.warning(),
                event.reason(),
                event.message(),
                event.instance(),
                event.revision(),
                before.count() + event.count());
    }

    @Override
    public void applied(long generation) {
        Runnable listener;
        synchronized (this) {
            applied = OptionalLong.of(generation);
            listener = whenFilled;
        }
        listener.run();
    }

    synchronized List<InstanceFact> takeFacts(int most) {
        List<InstanceFact> taken = new ArrayList<>(Math.min(most, facts.size()));
        while (taken.size() < most && !facts.isEmpty()) {
            taken.add(facts.removeFirst());
        }
        return taken;
    }

    /** A hello told these states: what waits of the same instances and is older would only confuse. */
    synchronized void toldInHello(List<InstanceFact> told) {
        Map<InstanceId, Long> sequences = new LinkedHashMap<>();
        told.forEach(fact -> sequences.put(fact.instance(), fact.sequence()));
        facts.removeIf(fact -> fact.sequence() <= sequences.getOrDefault(fact.instance(), 0L));
    }

    synchronized List<NodeEvent> takeEvents() {
        List<NodeEvent> taken = new ArrayList<>(events.values());
        events.clear();
        return taken;
    }

    synchronized long takeEventsDropped() {
        long count = eventsDropped;
        eventsDropped = 0;
        return count;
    }

    synchronized OptionalLong takeApplied() {
        OptionalLong taken = applied;
        applied = OptionalLong.empty();
        return taken;
    }
}
