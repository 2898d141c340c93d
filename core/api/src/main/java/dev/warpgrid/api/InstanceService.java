package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instances as agents report them. */
public interface InstanceService {
    /**
     * @param namespace one, or {@code "*"} for all
     * @param deployment one, or null for all
     */
    List<InstanceView> list(Caller caller, String namespace, @Nullable String deployment);

    InstanceView get(Caller caller, String namespace, String id);
}
