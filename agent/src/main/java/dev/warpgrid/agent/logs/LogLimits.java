package dev.warpgrid.agent.logs;

/**
 * Bounds of what is kept of logs.
 *
 * @param queuedLines on their way to the writer; more are dropped and counted
 * @param ringLines of one deployment held in memory
 * @param segmentBytes of one file
 * @param deploymentBytes of all files of one deployment
 * @param totalBytes of all files of the node
 * @param linesPerSecond of one instance in the long run
 * @param burstLines of one instance at once
 * @param readerLines held for one reader; more are dropped and counted
 * @param tailLines that one query gives at most
 * @param textChars of one line; the rest is cut
 */
public record LogLimits(
        int queuedLines,
        int ringLines,
        int segmentBytes,
        long deploymentBytes,
        long totalBytes,
        int linesPerSecond,
        int burstLines,
        int readerLines,
        int tailLines,
        int textChars) {
    public LogLimits {
        if (queuedLines < 1 || ringLines < 1 || segmentBytes < 1024 || readerLines < 1 || tailLines < 1) {
            throw new IllegalArgumentException("The limits of logs are 1 line or 1 KiB at least.");
        }
        if (deploymentBytes < segmentBytes || totalBytes < deploymentBytes) {
            throw new IllegalArgumentException(
                    "A deployment's logs hold one segment at least, and the node's one deployment's.");
        }
        if (linesPerSecond < 1 || burstLines < 1 || textChars < 1) {
            throw new IllegalArgumentException("The limits of log lines are 1 at least.");
        }
    }

    public static LogLimits defaults() {
        return new LogLimits(16_384, 1_000, 1 << 20, 16L << 20, 512L << 20, 2_000, 4_000, 4_000, 10_000, 16 << 10);
    }
}
