package dev.warpgrid.model;

/**
 * The bounds that agents count request durations in, so that counts of several nodes can be added. Log-linear: each
 * power of two microseconds is cut into 8, which keeps a percentile within 12.5 % of the true value.
 */
public final class LatencyBuckets {
    private static final int SUB_BITS = 3;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    /** Covers 1 µs to over an hour. */
    public static final int COUNT = SUB_BUCKETS * 30;

    private LatencyBuckets() {}

    /** The bucket of a duration; longer ones than the last bucket's bound fall into the last. */
    public static int indexOf(long nanos) {
        long micros = Math.max(0, nanos / 1000);
        if (micros < SUB_BUCKETS) {
            return (int) micros;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        int sub = (int) (micros >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
        return Math.min(COUNT - 1, (exponent - SUB_BITS + 1) * SUB_BUCKETS + sub);
    }

    /** The first duration that no longer belongs to the bucket, in microseconds. */
    public static long upperBoundMicros(int index) {
        int next = index + 1;
        if (next <= SUB_BUCKETS) {
            return next;
        }
        int exponent = next / SUB_BUCKETS + SUB_BITS - 1;
        return (long) (SUB_BUCKETS + next % SUB_BUCKETS) << (exponent - SUB_BITS);
    }

    /**
     * @param counts of {@link #COUNT} buckets
     * @param quantile 0 to 1
     * @return in milliseconds; 0 where nothing was counted
     */
    public static double quantileMillis(long[] counts, double quantile) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            return 0;
        }
        long rank = Math.max(1, (long) Math.ceil(quantile * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return upperBoundMicros(i) / 1000.0;
            }
        }
        return upperBoundMicros(counts.length - 1) / 1000.0;
    }
}
