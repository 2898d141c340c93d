package dev.warpgrid.control.rollout;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a new revision takes over. */
public sealed interface Strategy {
    /** As people write it. */
    String text();

    /**
     * In batches: as new instances have answered for the bake time, older ones go and the next batch starts.
     *
     * @param maxSurge instances beyond the count, rounded up
     * @param maxUnavailable how many of the count may be missing, rounded down
     * @param bakeTime how long a whole batch has to answer before the next one starts
     */
    record Rolling(Amount maxSurge, Amount maxUnavailable, Duration bakeTime) implements Strategy {
        public Rolling {
            if (maxSurge.value() == 0 && maxUnavailable.value() == 0) {
                throw new IllegalArgumentException(
                        "With a surge of 0 and 0 unavailable no instance could ever be replaced: allow one of both.");
            }
            if (bakeTime.isNegative()) {
                throw new IllegalArgumentException("A bake time is not negative.");
            }
        }

        /** A quarter more at a time and none missing. */
        public static Rolling usual() {
            return new Rolling(new Amount(25, true), new Amount(0, false), Duration.ZERO);
        }

        @Override
        public String text() {
            return "rolling";
        }
    }

    /** A growing share of the requests beside the whole present revision, then the rest in batches. */
    record Canary(List<Step> steps) implements Strategy {
        public static final int MAXIMUM_STEPS = 20;

        public Canary {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || steps.size() > MAXIMUM_STEPS) {
                throw new IllegalArgumentException(
                        "A canary has 1 to " + MAXIMUM_STEPS + " steps, and this one has " + steps.size() + ".");
            }
        }

        @Override
        public String text() {
            return "canary";
        }
    }

    /**
     * One step of a canary.
     *
     * @param weight share of the requests in percent
     * @param pause how long before the next step; null waits until somebody promotes
     */
    record Step(int weight, @Nullable Duration pause) {
        public Step {
            if (weight < 0 || weight > 100) {
                throw new IllegalArgumentException("A weight is a percentage, and this one is " + weight + ".");
            }
            if (pause != null && pause.isNegative()) {
                throw new IllegalArgumentException("A pause is not negative.");
            }
        }
    }

    /**
     * The whole new revision beside the present one, then all requests at once.
     *
     * @param automatic switches as soon as all answer; otherwise when somebody promotes
     * @param keep how long the former revision stays ready to be switched back to
     */
    record BlueGreen(boolean automatic, Duration keep) implements Strategy {
        public BlueGreen {
            if (keep.isNegative()) {
                throw new IllegalArgumentException("The time to keep the former revision is not negative.");
            }
        }

        @Override
        public String text() {
            return "blue-green";
        }
    }
}
