package dev.warpgrid.component.link;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.HostResource;
import dev.warpgrid.component.abi.HostResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The interfaces of a host during one linking: found by lenient version, with one identity for each resource. */
final class HostInterfaces {
    private final List<HostInterface<?>> interfaces;
    private final Map<HostResource<?>, HostResourceType> resources = new HashMap<>();
    private final List<String> missing = new ArrayList<>();

    HostInterfaces(Collection<? extends HostInterface<?>> interfaces) {
        this.interfaces = List.copyOf(interfaces);
    }

    /** The interface of an import's name: the exact version when it is there, else one that is compatible. */
    @Nullable
    HostInterface<?> find(String importName) {
        HostInterface<?> found = null;
        for (HostInterface<?> each : interfaces) {
            if (each.toString().equals(importName)) {
                return each;
            }
            if (found == null && Versions.compatible(importName, each.toString())) {
                found = each;
            }
        }
        return found;
    }

    HostResourceType type(HostResource<?> resource) {
        return resources.computeIfAbsent(resource, HostResourceType::new);
    }

    void miss(String name) {
        if (!missing.contains(name)) {
            missing.add(name);
        }
    }

    List<String> missing() {
        return missing;
    }
}
