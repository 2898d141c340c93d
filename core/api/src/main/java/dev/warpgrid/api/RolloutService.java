package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rollouts and revisions of a deployment: see, steer, go back. */
public interface RolloutService {
    int MAXIMUM_HISTORY = 50;

    /** The newest. */
    RolloutView rollout(Caller caller, String namespace, String name);

    /** @return the newest first, at most {@value #MAXIMUM_HISTORY} */
    List<RolloutView> rollouts(Caller caller, String namespace, String name);

    /** Lets it stay where it is until it is resumed; a revision that fails is rolled back nevertheless. */
    RolloutView pause(Caller caller, String namespace, String name);

    RolloutView resume(Caller caller, String namespace, String name);

    /**
     * Goes on without waiting: the next step of a canary, the switch of a blue-green rollout or the end of its keeping, the
     * next batch of a rolling one.
     *
     * @param wholly all steps that are left
     */
    RolloutView promote(Caller caller, String namespace, String name, boolean wholly);

    /** Gives the new revision up; the former one serves again. */
    RolloutView abort(Caller caller, String namespace, String name);

    /** Tries a revision again that was given up. */
    RolloutView retry(Caller caller, String namespace, String name);

    /**
     * A new revision that asks for what an earlier one asked for; the number of instances stays as it is.
     *
     * @param revision null for the one that served before the present one
     */
    ApplyResult rollback(Caller caller, String namespace, String name, @Nullable Integer revision);

    /**
     * Revisions, the newest first.
     *
     * @param cursor as the page before gave it; null for the first
     * @param limit 1 to 100
     */
    Page<RevisionView> revisions(Caller caller, String namespace, String name, @Nullable String cursor, int limit);
}
