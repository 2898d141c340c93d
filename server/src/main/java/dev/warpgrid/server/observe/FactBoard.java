package dev.warpgrid.server.observe;

import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.NodeUsage;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Facts of all nodes, the newest of each. A connection's reports count only while no newer connection of the same node
 * has said hello.
 */
@Singleton
public class FactBoard {
    private final ConcurrentMap<NodeId, NodeFacts> nodes = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final List<Consumer<FactChange>> listeners = new CopyOnWriteArrayList<>();

    /** The node's facts begin anew with what it brings: what it does not name, it does not have. */
    public void hello(
            long session,
            NodeDescription description,
            long appliedGeneration,
            List<InstanceFact> instances,
            Instant now) {
        NodeId node = description.node();
        List<FactChange.Transition> transitions = new ArrayList<>();
        nodes.compute(node, (_, before) -> {
            if (before != null && before.session() > session) {
                return before;
            }
            SortedMap<InstanceId, InstanceFact> known =
                    before == null ? Collections.emptySortedMap() : before.instances();
            SortedMap<InstanceId, InstanceFact> fresh = new TreeMap<>();
            instances.forEach(fact -> {
                InstanceFact earlier = known.get(fact.instance());
                if (earlier != null && changes(earlier, fact)) {
                    transitions.add(new FactChange.Transition(earlier, fact));
                }
                if (fact.state() != InstanceState.STOPPED) {
                    fresh.put(fact.instance(), fact);
                }
            });
            NodeUsage usage = before == null ? new NodeUsage(0, 0, 0, fresh.size()) : before.usage();
            return new NodeFacts(description, session, true, now, usage, appliedGeneration, fresh, false);
        });
        tell(new FactChange(node, FactChange.Kind.CONNECTED, transitions));
    }

    public void heard(NodeId node, long session, Instant now) {
        update(node, session, facts -> facts.heard(now));
    }

    public void usage(NodeId node, long session, NodeUsage usage) {
        update(node, session, facts -> facts.with(usage));
    }

    public void applied(NodeId node, long session, long generation) {
        update(node, session, facts -> facts.applied(generation));
        tell(new FactChange(node, FactChange.Kind.APPLIED, List.of()));
    }

    /** In the order in which they were reported. */
    public void facts(NodeId node, long session, List<InstanceFact> reported) {
        List<FactChange.Transition> transitions = new ArrayList<>();
        update(node, session, facts -> {
            SortedMap<InstanceId, InstanceFact> instances = new TreeMap<>(facts.instances());
            for (InstanceFact fact : reported) {
                InstanceFact before = fact.state() == InstanceState.STOPPED
                        ? instances.remove(fact.instance())
                        : instances.put(fact.instance(), fact);
                if (before == null || changes(before, fact)) {
                    transitions.add(new FactChange.Transition(before, fact));
                }
            }
            return facts.with(instances);
        });
        if (!transitions.isEmpty()) {
            tell(new FactChange(node, FactChange.Kind.FACTS, transitions));
        }
    }

    public void disconnected(NodeId node, long session) {
        update(node, session, NodeFacts::disconnected);
        tell(new FactChange(node, FactChange.Kind.DISCONNECTED, List.of()));
    }

    /** The node's agent was told to end: until it connects again, nothing is to be expected of it. */
    public void ending(NodeId node, long session) {
        update(node, session, NodeFacts::toEnd);
        tell(new FactChange(node, FactChange.Kind.DISCONNECTED, List.of()));
    }

    public void forget(NodeId node) {
        nodes.remove(node);
        tell(new FactChange(node, FactChange.Kind.DISCONNECTED, List.of()));
    }

    public Optional<NodeFacts> node(NodeId node) {
        return Optional.ofNullable(nodes.get(node));
    }

    /** As they are at this moment, by node. */
    public SortedMap<NodeId, NodeFacts> all() {
        return new TreeMap<>(nodes);
    }

    /** Changes with each report but heartbeats. */
    long version() {
        return version.get();
    }

    public boolean isConnected(NodeId node) {
        NodeFacts facts = nodes.get(node);
        return facts != null && facts.connected();
    }

    /** The listener returns at once; it is called on the thread that brought the news. */
    public Subscription onChange(Consumer<FactChange> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void update(NodeId node, long session, UnaryOperator<NodeFacts> change) {
        nodes.computeIfPresent(node, (_, facts) -> facts.session() == session ? change.apply(facts) : facts);
    }

    private static boolean changes(InstanceFact before, InstanceFact now) {
        return before.state() != now.state() || before.restarts() != now.restarts();
    }

    private void tell(FactChange change) {
        version.incrementAndGet();
        listeners.forEach(listener -> listener.accept(change));
    }
}
