package dev.warpgrid.agent.logs;

import dev.warpgrid.agent.guest.GuestLog;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Stamps the lines of one instance and turns a flood away, counted. Thread-safe; never blocks. */
public final class InstanceLog implements GuestLog {
    private final NodeId node;
    private final InstanceId instance;
    private final RevisionId revision;
    private final InstantSource clock;
    private final Predicate<LogLine> sink;
    private final RateLimit rate;
    private final int linesPerSecond;
    private final int textChars;
    private final AtomicLong sequence;

    InstanceLog(
            NodeId node,
            InstanceId instance,
            RevisionId revision,
            long lastSequence,
            LogLimits limits,
            InstantSource clock,
            Predicate<LogLine> sink) {
        this.node = node;
        this.instance = instance;
        this.revision = revision;
        this.clock = clock;
        this.sink = sink;
        this.linesPerSecond = limits.linesPerSecond();
        this.textChars = limits.textChars();
        this.rate = new RateLimit(limits.linesPerSecond(), limits.burstLines(), System.nanoTime());
        this.sequence = new AtomicLong(lastSequence);
    }

    @Override
    public void line(LogLine.Stream stream, LogLine.Level level, String text) {
        if (rate.tryTake(System.nanoTime())) {
            send(stream, level, text);
        }
    }

    /** A line of the agent about this instance; a flood does not keep it away. */
    public void agent(LogLine.Level level, String text) {
        send(LogLine.Stream.AGENT, level, text);
    }

    /** @return lines dropped since the last call; a line says so where it is not 0 */
    long tellDropped() {
        long dropped = rate.takeRefused(System.nanoTime());
        if (dropped > 0) {
            agent(
                    LogLine.Level.WARN,
                    dropped + " lines were dropped here: this instance wrote more than " + linesPerSecond
                            + " lines a second, or more than the disk took.");
        }
        return dropped;
    }

    private void send(LogLine.Stream stream, LogLine.Level level, String text) {
        String kept = text.length() <= textChars ? text : text.substring(0, textChars) + " [cut]";
        var line =
                new LogLine(clock.instant(), node, instance, revision, sequence.incrementAndGet(), stream, level, kept);
        if (!sink.test(line)) {
            rate.refuseOne();
        }
    }

    InstanceId instance() {
        return instance;
    }

    RevisionId revision() {
        return revision;
    }
}
