package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import java.util.List;

/**
 * One revision as deciders need it.
 *
 * @param imports WIT interfaces the component imports, with versions
 * @param hosts lower case, without port; each is served below each path
 */
public record RevisionSpec(Workload workload, List<String> imports, List<String> hosts, List<String> paths) {
    public RevisionSpec {
        imports = List.copyOf(imports);
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
    }

    public RevisionId id() {
        return workload.revision();
    }

    /** What a node has to keep free for one instance. */
    public long memoryBytes() {
        return workload.limits().memory().bytes();
    }
}
