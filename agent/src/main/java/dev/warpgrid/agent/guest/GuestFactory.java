package dev.warpgrid.agent.guest;

import dev.warpgrid.model.Workload;

/** Turns an artifact into something instances can be made from. The seam between the agent and the runtime. */
@FunctionalInterface
public interface GuestFactory {
    /**
     * Compiles and links; takes milliseconds to seconds.
     *
     * @throws UnrunnableException when this artifact cannot run on this node, and trying again would not help
     */
    PreparedGuest prepare(Workload workload, byte[] artifact);
}
