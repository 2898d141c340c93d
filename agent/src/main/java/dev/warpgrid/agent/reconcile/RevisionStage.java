package dev.warpgrid.agent.reconcile;

/** How far a revision's code is on this node. */
public enum RevisionStage {
    /** Wanted, and nothing was done for it yet, or its last fetch failed and is tried again later. */
    KNOWN,
    FETCHING,
    /** The artifact is on disk and its digest was checked. */
    STORED,
    PREPARING,
    /** Instances can be made. */
    READY,
    /** It cannot run on this node, and trying again would not help. */
    UNRUNNABLE
}
