package dev.warpgrid.server.service;

import static dev.warpgrid.api.EventView.Severity.INFO;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NamespaceView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.server.startup.ServerVersion;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredNamespace;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The grid as a whole: namespaces from the store, figures from what agents report. */
@Singleton
@StoreFaults
@Transactional
public class WholeGrid implements GridService {
    /** Of things that are not ready; more would hide the first ones. */
    static final int MAXIMUM_SENTENCES = 50;

    static final int MAXIMUM_NAMESPACES = 1000;

    private final NamespaceStore namespaces;
    private final DeploymentStore deployments;
    private final DeploymentObservations observations;
    private final NodeService nodes;
    private final InstanceService instances;
    private final EventRecorder events;
    private final AuditTrail trail;
    private final Event<NamespaceEmptied> emptied;
    private final Clock clock;

    @Inject
    public WholeGrid(
            NamespaceStore namespaces,
            DeploymentStore deployments,
            DeploymentObservations observations,
            NodeService nodes,
            InstanceService instances,
            EventRecorder events,
            AuditTrail trail,
            Event<NamespaceEmptied> emptied,
            Clock clock) {
        this.namespaces = namespaces;
        this.deployments = deployments;
        this.observations = observations;
        this.nodes = nodes;
        this.instances = instances;
        this.events = events;
        this.trail = trail;
        this.emptied = emptied;
        this.clock = clock;
    }

    @Override
    public GridStatus status(Caller caller) {
        Access.Places places = Access.places(caller, Permission.DEPLOYMENT_READ, "*");
        boolean showsNodes = caller.may(Permission.NODE_READ);
        List<NodeView> seen = showsNodes ? nodes.list(Caller.system()) : List.of();
        List<InstanceView> running = instances.list(Caller.system(), "*", null).stream()
                .filter(instance -> places.contain(instance.namespace()))
                .toList();
        List<StoredDeployment> all = deployments.all().stream()
                .filter(deployment -> places.contain(deployment.id().namespace()))
                .toList();
        List<String> notReady = new ArrayList<>();
        int readyNodes = 0;
        for (NodeView node : seen) {
            if (node.state() == NodeView.State.READY) {
                readyNodes++;
            } else {
                notReady.add("Node " + node.id() + ": " + node.sentence());
            }
        }
        if (showsNodes && seen.isEmpty()) {
            notReady.add("No node has joined the grid: start an agent with a join token.");
        }
        int readyDeployments = 0;
        int readyInstances = 0;
        for (StoredDeployment deployment : all) {
            DeploymentStatus status = observations.status(deployment);
            readyInstances += status.readyInstances();
            if (status.state() == DeploymentStatus.State.READY) {
                readyDeployments++;
            } else {
                notReady.add("Deployment " + deployment.id() + ": " + status.sentence());
            }
        }
        return new GridStatus(
                notReady.isEmpty(),
                sentence(notReady),
                notReady.stream().limit(MAXIMUM_SENTENCES).toList(),
                ServerVersion.current(),
                seen.size(),
                readyNodes,
                all.size(),
                readyDeployments,
                running.size(),
                readyInstances,
                seen.stream().mapToLong(NodeView::memoryBytes).sum(),
                seen.stream().mapToLong(NodeView::reservedMemoryBytes).sum(),
                seen.stream().mapToLong(NodeView::guestMemoryBytes).sum(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String sentence(List<String> notReady) {
        return switch (notReady.size()) {
            case 0 -> "Everything is ready.";
            case 1 -> notReady.getFirst();
            default -> notReady.size() + " things are not ready; the first: " + notReady.getFirst();
        };
    }

    @Override
    public MetricsWindow metrics(Caller caller, int seconds) {
        Access.Places places = Access.places(caller, Permission.METRIC_READ, "*");
        Windows.requireSeconds(seconds);
        return observations.metrics(id -> places.contain(id.namespace()), seconds);
    }

    @Override
    public List<NamespaceView> namespaces(Caller caller) {
        Access.Places places = Access.places(caller, Permission.NAMESPACE_READ, "*");
        List<InstanceView> running = instances.list(Caller.system(), "*", null);
        return namespaces.all().stream()
                .filter(namespace -> places.contain(namespace.name()))
                .map(namespace -> view(namespace, running))
                .toList();
    }

    private NamespaceView view(StoredNamespace namespace, List<InstanceView> running) {
        long count = running.stream()
                .filter(instance -> instance.namespace().equals(namespace.name()))
                .count();
        return new NamespaceView(
                namespace.name(),
                namespaces.deployments(namespace.name()),
                Math.toIntExact(count),
                namespace.createdAt());
    }

    @Override
    public NamespaceView namespace(Caller caller, String name) {
        Access.require(caller, Permission.NAMESPACE_READ, name);
        StoredNamespace found = namespaces.find(name).orElseThrow(() -> ApiException.notFound("namespace", name));
        return view(found, instances.list(Caller.system(), name, null));
    }

    @Override
    @Audited(value = "namespace.create", namespace = 1, resource = 1)
    public NamespaceView createNamespace(Caller caller, String name) {
        Access.require(caller, Permission.NAMESPACE_WRITE);
        if (!ResourceName.isValid(name)) {
            throw ApiException.invalid(
                    "/name",
                    "The namespace \"" + name
                            + "\" is not a DNS label: use 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.");
        }
        if (namespaces.all().size() >= MAXIMUM_NAMESPACES
                && namespaces.find(name).isEmpty()) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "A grid has at most " + MAXIMUM_NAMESPACES + " namespaces: delete one first.");
        }
        StoredNamespace wanted =
                new StoredNamespace(name, clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name());
        if (namespaces.insert(wanted)) {
            trail.done(caller, "namespace.create", name, name, null, Map.of("name", name));
            events.record(NewEvent.of(INFO, "NamespaceCreated", caller.name() + " created the namespace " + name + ".")
                    .in(name));
        }
        return view(namespaces.find(name).orElse(wanted), List.of());
    }

    @Override
    @Audited(value = "namespace.delete", namespace = 1, resource = 1)
    public void deleteNamespace(Caller caller, String name) {
        Access.require(caller, Permission.NAMESPACE_WRITE);
        if (namespaces.find(name).isEmpty()) {
            throw ApiException.notFound("namespace", name);
        }
        int left = namespaces.deployments(name);
        if (left > 0) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "The namespace \"" + name + "\" holds " + left + (left == 1 ? " deployment" : " deployments")
                            + ": delete them first.");
        }
        int artifacts = namespaces.artifacts(name);
        if (artifacts > 0) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "The namespace \"" + name + "\" holds " + artifacts + (artifacts == 1 ? " artifact" : " artifacts")
                            + ": delete them first.");
        }
        emptied.fire(new NamespaceEmptied(name));
        namespaces.delete(name);
        trail.done(caller, "namespace.delete", name, name, Map.of("name", name), null);
        events.record(NewEvent.of(INFO, "NamespaceDeleted", caller.name() + " deleted the namespace " + name + ".")
                .in(name));
    }
}
