package dev.warpgrid.ui.fake;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NamespaceView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Grid, nodes and instances, as a test sets them. */
public final class FakeGrid implements GridService, NodeService, InstanceService {
    public final List<NodeView> nodes = new ArrayList<>();
    public final List<InstanceView> instances = new ArrayList<>();
    public final List<Integer> metricSeconds = new ArrayList<>();
    public final List<String> notReady = new ArrayList<>();
    public final List<String> forgotten = new ArrayList<>();
    public int deployments;
    public int readyDeployments;
    public ApiException refusal;

    public void node(String id, NodeView.State state) {
        nodes.add(new NodeView(
                id,
                state,
                id + " is " + state + ".",
                "0.1.0",
                "GraalWasm",
                true,
                4,
                1024,
                512,
                256,
                64,
                0.5,
                1,
                Map.of("zone", "eu-1"),
                List.of(),
                "http://" + id + ":8080/",
                FakeDeployments.NOW,
                FakeDeployments.NOW));
    }

    public void instance(String id, String deployment, String node) {
        instances.add(new InstanceView(
                id, "default", deployment, 1, node, "RUNNING", "", 0, 1024, true, FakeDeployments.NOW));
    }

    @Override
    public GridStatus status(Caller caller) {
        return new GridStatus(
                notReady.isEmpty(),
                "As the test says.",
                notReady,
                "0.1.0",
                nodes.size(),
                nodes.size(),
                deployments,
                readyDeployments,
                0,
                0,
                1024,
                512,
                256,
                FakeDeployments.NOW);
    }

    @Override
    public MetricsWindow metrics(Caller caller, int seconds) {
        metricSeconds.add(seconds);
        return FakeDeployments.window(9);
    }

    @Override
    public List<NamespaceView> namespaces(Caller caller) {
        return List.of(new NamespaceView("default", 0, 0, FakeDeployments.NOW));
    }

    @Override
    public NamespaceView createNamespace(Caller caller, String name) {
        return new NamespaceView(name, 0, 0, FakeDeployments.NOW);
    }

    @Override
    public void deleteNamespace(Caller caller, String name) {
        throw ApiException.notFound("namespace", name);
    }

    @Override
    public List<NodeView> list(Caller caller) {
        return List.copyOf(nodes);
    }

    @Override
    public NodeView get(Caller caller, String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public void delete(Caller caller, String id) {
        if (refusal != null) {
            throw refusal;
        }
        forgotten.add(id);
    }

    @Override
    public JoinTokenView createJoinToken(Caller caller, Duration validFor) {
        return new JoinTokenView("warpjoin_1", FakeDeployments.NOW.plus(validFor));
    }

    @Override
    public List<InstanceView> list(Caller caller, String namespace, String deployment) {
        return instances.stream()
                .filter(one -> deployment == null || one.deployment().equals(deployment))
                .toList();
    }

    @Override
    public InstanceView get(Caller caller, String namespace, String id) {
        return instances.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }
}
