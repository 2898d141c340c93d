package dev.warpgrid.agent.supervise;

import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all that was told. */
final class RecordedFacts implements FactSink {
    final List<InstanceFact> facts = new CopyOnWriteArrayList<>();
    final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    final List<Long> applied = new CopyOnWriteArrayList<>();

    @Override
    public void fact(InstanceFact fact) {
        facts.add(fact);
    }

    @Override
    public void event(NodeEvent event) {
        events.add(event);
    }

    @Override
    public void applied(long generation) {
        applied.add(generation);
    }

    List<InstanceState> states(InstanceId instance) {
        return facts.stream()
                .filter(fact -> fact.instance().equals(instance))
                .map(InstanceFact::state)
                .toList();
    }
}
