package dev.warpgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {
    @Test
    void everyDurationLiesBelowItsBucketsBoundAndNotBelowTheOneBefore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long micros = random.nextLong(1L << random.nextInt(1, 32));
            int index = LatencyBuckets.indexOf(micros * 1000);
            assertThat(LatencyBuckets.upperBoundMicros(index))
                    .as("seed %d, %d µs", seed, micros)
                    .isGreaterThan(micros);
            if (index > 0) {
                assertThat(LatencyBuckets.upperBoundMicros(index - 1))
                        .as("seed %d, %d µs", seed, micros)
                        .isLessThanOrEqualTo(micros);
            }
        }
    }

    @Test
    void longerThanAllBucketsFallsIntoTheLast() {
        assertThat(LatencyBuckets.indexOf(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
    }

    @Test
    void quantilesStayWithinAnEighth() {
        long[] counts = new long[LatencyBuckets.COUNT];
        for (int millis = 1; millis <= 1000; millis++) {
            counts[LatencyBuckets.indexOf(millis * 1_000_000L)]++;
        }
        assertThat(LatencyBuckets.quantileMillis(counts, 0.5)).isCloseTo(500, Percentage.withPercentage(12.5));
        assertThat(LatencyBuckets.quantileMillis(counts, 0.99)).isCloseTo(990, Percentage.withPercentage(12.5));
        assertThat(LatencyBuckets.quantileMillis(new long[LatencyBuckets.COUNT], 0.5))
                .isZero();
    }
}
