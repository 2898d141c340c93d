package dev.warpgrid.ui.preview;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.NodeView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Three nodes that work and one that is lost. */
public final class PreviewNodes implements NodeService {
    private static final long GIB = 1L << 30;

    private final PreviewDeployments deployments;
    private volatile boolean lostIsForgotten;

    PreviewNodes(PreviewDeployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public List<NodeView> list(Caller caller) {
        List<NodeView> up = List.of(
                node("node-a1", 16, 32 * GIB, 0.46, "eu-1a", 0),
                node("node-b2", 16, 32 * GIB, 0.62, "eu-1b", 1),
                node("node-c3", 8, 16 * GIB, 0.31, "eu-1c", 2));
        return lostIsForgotten
                ? up
                : java.util.stream.Stream.concat(up.stream(), java.util.stream.Stream.of(lost()))
                        .toList();
    }

    private NodeView node(String id, int processors, long memory, double cpu, String zone, int which) {
        long second = Instant.now().getEpochSecond();
        int instances = (int) deployments.entries().stream()
                .filter(entry -> entry.ready > which)
                .count();
        double swing = 0.05 * Math.sin(second / 9.0 + which);
        return new NodeView(
                id,
                State.READY,
                "Heard every second; " + instances + " instances run.",
                "0.1.0",
                "GraalWasm 25.0.2",
                true,
                processors,
                memory,
                Math.min(memory, (long) (memory * (0.31 + which * 0.27))),
                (long) (memory * (0.12 + which * 0.13 + swing / 4)),
                640L << 20,
                cpu + swing,
                instances,
                Map.of("zone", zone, "disk", which == 2 ? "hdd" : "nvme"),
                List.of(
                        "wasi:cli@0.2.12",
                        "wasi:clocks@0.2.12",
                        "wasi:http@0.2.12",
                        "wasi:io@0.2.12",
                        "wasi:random@0.2.12"),
                "http://" + id + ".internal:8080/",
                Instant.now().minusSeconds(86_400L * 12),
                Instant.now());
    }

    private static NodeView lost() {
        return new NodeView(
                "node-d4",
                State.LOST,
                "Not heard since its last beat; its 3 instances run elsewhere. Look at its agent's log, or forget it.",
                "0.1.0",
                "GraalWasm 25.0.2",
                true,
                8,
                16 * GIB,
                0,
                0,
                0,
                0,
                0,
                Map.of("zone", "eu-1c"),
                List.of(),
                "http://node-d4.internal:8080/",
                Instant.now().minusSeconds(86_400L * 3),
                Instant.now().minusSeconds(1500));
    }

    @Override
    public NodeView get(Caller caller, String id) {
        return list(caller).stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("node", id));
    }

    @Override
    public void delete(Caller caller, String id) {
        if (get(caller, id).state() != State.LOST) {
            throw new ApiException(ErrorCode.CONFLICT, "The node " + id + " is connected: stop its agent first.");
        }
        lostIsForgotten = true;
    }

    @Override
    public JoinTokenView createJoinToken(Caller caller, Duration validFor) {
        return new JoinTokenView(
                "warpjoin_k3v9_4pZr8sQwT1mXcB7nLd20_5f1c9a7e3b2d4c6f8a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f",
                Instant.now().plus(validFor));
    }
}
