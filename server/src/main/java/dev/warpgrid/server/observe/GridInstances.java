package dev.warpgrid.server.observe;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.service.Access;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Instances: those that were placed, with what their agents say, and those agents still have on their way out. */
@Singleton
public class GridInstances implements InstanceService {
    private static final String ASSIGNED = "ASSIGNED";

    private final GridBoard board;
    private final FactBoard facts;

    @Inject
    public GridInstances(GridBoard board, FactBoard facts) {
        this.board = board;
        this.facts = facts;
    }

    @Override
    public List<InstanceView> list(Caller caller, String namespace, @Nullable String deployment) {
        Access.Places places = Access.places(caller, Permission.INSTANCE_READ, namespace);
        return views().values().stream()
                .filter(view -> places.contain(view.namespace()))
                .filter(view -> deployment == null || deployment.equals(view.deployment()))
                .toList();
    }

    @Override
    public InstanceView get(Caller caller, String namespace, String id) {
        Access.require(caller, Permission.INSTANCE_READ, namespace);
        return views().values().stream()
                .filter(view -> view.id().equals(id) && view.namespace().equals(namespace))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ErrorCode.INSTANCE_NOT_FOUND,
                        "There is no instance \"" + id + "\" in namespace \"" + namespace
                                + "\": it may have been replaced, list the deployment's instances."));
    }

    private SortedMap<InstanceId, InstanceView> views() {
        SortedMap<NodeId, NodeFacts> known = facts.all();
        SortedMap<InstanceId, InstanceView> views = new TreeMap<>();
        known.forEach((node, told) ->
                told.instances().forEach((id, fact) -> views.put(id, view(fact, told.connected()))));
        List<Placement> unheard = new ArrayList<>(board.last().rows().placements());
        unheard.removeIf(placement -> {
            InstanceView told = views.get(placement.instance());
            return told != null && told.node().equals(placement.node().value());
        });
        unheard.forEach(placement -> {
            NodeFacts node = known.get(placement.node());
            views.put(placement.instance(), view(placement, node != null && node.connected()));
        });
        return views;
    }

    private static InstanceView view(InstanceFact fact, boolean reachable) {
        return new InstanceView(
                fact.instance().value(),
                fact.revision().deployment().namespace(),
                fact.revision().deployment().name(),
                fact.revision().number(),
                fact.node().value(),
                fact.state().name(),
                fact.reason(),
                fact.restarts(),
                fact.memoryBytes(),
                reachable,
                fact.at());
    }

    private static InstanceView view(Placement placement, boolean reachable) {
        return new InstanceView(
                placement.instance().value(),
                placement.revision().deployment().namespace(),
                placement.revision().deployment().name(),
                placement.revision().number(),
                placement.node().value(),
                ASSIGNED,
                reachable ? "" : "Node " + placement.node() + " is not connected, so nothing is known of the instance.",
                0,
                0,
                reachable,
                placement.placedAt());
    }
}
