package dev.warpgrid.control.rollout;

import dev.warpgrid.model.RevisionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the controller keeps of a rollout. Written with the plan that follows from it.
 *
 * @param number counts the rollouts of a deployment, from 1
 * @param target the revision that is to take over
 * @param baseline the one that served before; null for a deployment's first
 * @param step of a canary, from 0
 * @param released how many instances of the target a rolling replacement may have by now
 * @param paused as last seen in the commands
 * @param promotions of the commands, how many were carried out
 * @param phaseAt when phase or step last changed
 * @param progressAt when it last came nearer to its end; the deadline counts from here
 * @param steadySince since when what the step asks for holds; null while it does not
 * @param endedAt null while it is under way
 * @param sentence where it is and what it waits for
 * @param cause why it goes or went back; empty where it does not
 */
public record RolloutState(
        long number,
        RevisionId target,
        @Nullable RevisionId baseline,
        RolloutPhase phase,
        int step,
        int released,
        boolean paused,
        int promotions,
        Instant startedAt,
        Instant phaseAt,
        Instant progressAt,
        @Nullable Instant steadySince,
        @Nullable Instant endedAt,
        String sentence,
        String cause) {

    static RolloutState starting(
            long number, RevisionId target, @Nullable RevisionId baseline, RolloutPhase phase, Instant now) {
        return new RolloutState(
                number, target, baseline, phase, 0, 0, false, 0, now, now, now, null, null, "It begins.", "");
    }

    /** The revision that serves for sure: the target once it has taken over, the baseline until then; null for none. */
    public @Nullable RevisionId stable() {
        return phase == RolloutPhase.COMPLETED || phase == RolloutPhase.FINISHING ? target : baseline;
    }

    public boolean isUnderWay() {
        return !phase.isFinal();
    }

    RolloutState in(RolloutPhase next, Instant now) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException("A rollout does not go from " + phase + " to " + next + ".");
        }
        return new RolloutState(
                number,
                target,
                baseline,
                next,
                step,
                released,
                paused,
                promotions,
                startedAt,
                now,
                now,
                null,
                next.isFinal() ? now : null,
                sentence,
                cause);
    }

    RolloutState atStep(int next, Instant now) {
        return new RolloutState(
                number,
                target,
                baseline,
                phase,
                next,
                released,
                paused,
                promotions,
                startedAt,
                now,
                now,
                null,
                endedAt,
                sentence,
                cause);
    }

    RolloutState releasing(int count, Instant now) {
        return new RolloutState(
                number,
                target,
                baseline,
                phase,
                step,
                count,
                paused,
                promotions,
                startedAt,
                phaseAt,
                now,
                null,
                endedAt,
                sentence,
                cause);
    }

    /** A pause stops the clock of the deadline; when it ends, the clock begins anew. */
    RolloutState pausedIs(boolean now, Instant at) {
        return copy(now, promotions, at, steadySince, sentence, cause);
    }

    RolloutState promoted(int count) {
        return copy(paused, count, progressAt, steadySince, sentence, cause);
    }

    /** What the step asks for holds from now on. */
    RolloutState becameSteady(Instant now) {
        return steadySince == null ? copy(paused, promotions, now, now, sentence, cause) : this;
    }

    /** It no longer holds; the deadline has a new start. */
    RolloutState lostSteadiness(Instant now) {
        return steadySince == null ? this : copy(paused, promotions, now, null, sentence, cause);
    }

    RolloutState saying(String newSentence) {
        return copy(paused, promotions, progressAt, steadySince, newSentence, cause);
    }

    RolloutState because(String newCause) {
        return copy(paused, promotions, progressAt, steadySince, sentence, newCause);
    }

    private RolloutState copy(
            boolean newPaused,
            int newPromotions,
            Instant newProgressAt,
            @Nullable Instant newSteadySince,
            String newSentence,
            String newCause) {
        return new RolloutState(
                number,
                target,
                baseline,
                phase,
                step,
                released,
                newPaused,
                newPromotions,
                startedAt,
                phaseAt,
                newProgressAt,
                newSteadySince,
                endedAt,
                newSentence,
                newCause);
    }

    /** Since when requests say something about the present step; null where they do not yet. */
    public @Nullable Instant measuredSince() {
        return phase == RolloutPhase.ROLLING ? phaseAt : steadySince;
    }
}
