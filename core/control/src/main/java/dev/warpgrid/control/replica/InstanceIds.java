package dev.warpgrid.control.replica;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;

/** Where ids of new instances come from; no id is ever given twice. */
@FunctionalInterface
public interface InstanceIds {
    InstanceId next(DeploymentId deployment);
}
