package dev.warpgrid.ui.preview;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NamespaceView;
import dev.warpgrid.api.NodeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sums over the invented grid. */
public final class PreviewOverview implements GridService {
    private final PreviewDeployments deployments;
    private final PreviewNodes nodes;
    private final PreviewTraffic traffic = new PreviewTraffic(4711, 6580);

    PreviewOverview(PreviewDeployments deployments, PreviewNodes nodes) {
        this.deployments = deployments;
        this.nodes = nodes;
    }

    @Override
    public GridStatus status(Caller caller) {
        List<PreviewDeployments.Entry> all = deployments.entries();
        List<NodeView> every = nodes.list(caller);
        List<String> notReady = new ArrayList<>();
        every.stream()
                .filter(node -> node.state() != NodeView.State.READY)
                .forEach(node -> notReady.add(node.id() + ": " + node.sentence()));
        all.stream()
                .filter(entry -> entry.state != DeploymentStatus.State.READY)
                .forEach(entry -> notReady.add(entry.namespace + "/" + entry.name + ": " + entry.sentence));
        int readyNodes = (int) every.stream()
                .filter(node -> node.state() == NodeView.State.READY)
                .count();
        int readyDeployments = (int) all.stream()
                .filter(entry -> entry.state == DeploymentStatus.State.READY)
                .count();
        return new GridStatus(
                notReady.isEmpty(),
                notReady.isEmpty()
                        ? "Everything that was asked for is running."
                        : notReady.size()
                                + " things need a look: a node is lost, and " + (all.size() - readyDeployments)
                                + " deployments are not fully up.",
                notReady,
                "0.1.0",
                every.size(),
                readyNodes,
                all.size(),
                readyDeployments,
                all.stream().mapToInt(entry -> entry.desired).sum(),
                all.stream().mapToInt(entry -> entry.ready).sum(),
                every.stream()
                        .filter(node -> node.state() == NodeView.State.READY)
                        .mapToLong(NodeView::memoryBytes)
                        .sum(),
                every.stream().mapToLong(NodeView::reservedMemoryBytes).sum(),
                every.stream().mapToLong(NodeView::guestMemoryBytes).sum(),
                Instant.now());
    }

    @Override
    public MetricsWindow metrics(Caller caller, int seconds) {
        return traffic.window(seconds, 540);
    }

    @Override
    public List<NamespaceView> namespaces(Caller caller) {
        return List.of("default", "edge", "internal", "payments", "tenants").stream()
                .map(name -> new NamespaceView(name, 4, 12, Instant.now()))
                .toList();
    }

    @Override
    public NamespaceView createNamespace(Caller caller, String name) {
        throw new ApiException(ErrorCode.CONFLICT, "The preview's namespaces are fixed.");
    }

    @Override
    public void deleteNamespace(Caller caller, String name) {
        throw new ApiException(ErrorCode.CONFLICT, "The preview's namespaces are fixed.");
    }
}
