package dev.warpgrid.ui.shell;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.ListQuery;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.Permission;
import dev.warpgrid.ui.part.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds views, deployments and nodes by a few letters. */
public final class PalettePresenter {
    /** What fits the palette without a scroll. */
    public static final int MAXIMUM_ENTRIES = 12;

    private static final List<Entry> VIEWS = List.of(
            new Entry("View", "Overview", "g o", Paths.OVERVIEW),
            new Entry("View", "Deployments", "g d", Paths.DEPLOYMENTS),
            new Entry("Action", "Deploy a component", "", Paths.DEPLOYMENTS + "?deploy=new"),
            new Entry("View", "Nodes", "g n", Paths.NODES),
            new Entry("View", "Logs", "g l", Paths.LOGS),
            new Entry("View", "Events", "g e", Paths.EVENTS),
            new Entry("View", "Access", "g a", Paths.ACCESS),
            new Entry("View", "Audit", "g t", Paths.AUDIT));

    private final DeploymentService deployments;
    private final NodeService nodes;

    /**
     * Something to go to.
     *
     * @param kind in one word
     * @param hint what tells it from others; may be empty
     * @param path with query
     */
    public record Entry(String kind, String label, String hint, String path) {}

    public PalettePresenter(DeploymentService deployments, NodeService nodes) {
        this.deployments = deployments;
        this.nodes = nodes;
    }

    public List<Entry> find(Caller caller, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        List<Entry> found = new ArrayList<>();
        VIEWS.stream()
                .filter(entry -> entry.label().toLowerCase(Locale.ROOT).contains(wanted))
                .forEach(found::add);
        if (caller.maySomewhere(Permission.DEPLOYMENT_READ)) {
            deployments.list(caller, "*", new ListQuery(MAXIMUM_ENTRIES, null, wanted, Map.of())).items().stream()
                    .map(one -> {
                        String namespace = one.metadata().namespace() == null
                                ? ""
                                : one.metadata().namespace();
                        String name = one.metadata().name();
                        return new Entry("Deployment", name, namespace, Paths.deployment(namespace, name));
                    })
                    .forEach(found::add);
        }
        if (caller.may(Permission.NODE_READ)) {
            nodes.list(caller).stream()
                    .filter(node -> node.id().contains(wanted))
                    .map(node -> new Entry("Node", node.id(), node.engine(), Paths.node(node.id())))
                    .forEach(found::add);
        }
        return found.stream().limit(MAXIMUM_ENTRIES).toList();
    }
}
