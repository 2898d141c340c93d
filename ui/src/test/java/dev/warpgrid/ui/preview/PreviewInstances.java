package dev.warpgrid.ui.preview;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The instances that the invented deployments would have. */
public final class PreviewInstances implements InstanceService {
    private static final List<String> NODES = List.of("node-a1", "node-b2", "node-c3");
    private static final List<String> HASHES = List.of("91be", "7f2c", "c04d", "3a8e", "e61f", "58b7", "20dc", "ab19");

    private final PreviewDeployments deployments;

    PreviewInstances(PreviewDeployments deployments) {
        this.deployments = deployments;
    }

    static String id(PreviewDeployments.Entry entry, int which) {
        return entry.name + "-" + HASHES.get(which % HASHES.size());
    }

    static String node(int which) {
        return NODES.get(which % NODES.size());
    }

    @Override
    public List<InstanceView> list(Caller caller, String namespace, String deployment) {
        List<InstanceView> all = new ArrayList<>();
        deployments.entries().stream()
                .filter(entry -> namespace.equals("*") || entry.namespace.equals(namespace))
                .filter(entry -> deployment == null || entry.name.equals(deployment))
                .forEach(entry -> {
                    for (int i = 0; i < Math.max(entry.desired, entry.ready); i++) {
                        all.add(view(entry, i));
                    }
                });
        return all;
    }

    private static InstanceView view(PreviewDeployments.Entry entry, int which) {
        boolean broken = entry.name.equals("thumbnails") && which == 1;
        boolean running = which < entry.ready || (entry.name.equals("thumbnails") && !broken);
        boolean impossible = entry.name.equals("mailer");
        String state = broken ? "BACKING_OFF" : impossible ? "FAILED" : running ? "RUNNING" : "STARTING";
        String reason = broken
                ? "It ran out of its 64 MiB; next start in 8 s."
                : impossible ? "wasi:sockets/tcp is not offered by any node." : "";
        return new InstanceView(
                id(entry, which),
                entry.namespace,
                entry.name,
                entry.revision,
                node(which),
                state,
                reason,
                broken ? 5 : 0,
                running
                        ? entry.traffic
                                        .point(Instant.now().getEpochSecond() / 4 * 4, 1)
                                        .memoryBytes()
                                + which * 131_072L
                        : 0,
                true,
                entry.createdAt.plusSeconds(which * 61L));
    }

    @Override
    public InstanceView get(Caller caller, String namespace, String id) {
        return list(caller, namespace, null).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("instance", id));
    }
}
