package dev.warpgrid.agent.guest;

import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;

/** What a pool tells its owner; called on guest threads and the watchdog, without a lock held. Must not block. */
public interface PoolEvents {
    /** The instance is gone from its pool and closed; it did not end by its owner's wish. */
    void crashed(InstanceId instance, long incarnation, String reason);

    /** The instance is gone from its pool and closed, as its owner wished. */
    void ended(InstanceId instance, long incarnation);

    void callFailed(InstanceId instance, RevisionId revision, CallFailure failure, String requestId, String detail);
}
