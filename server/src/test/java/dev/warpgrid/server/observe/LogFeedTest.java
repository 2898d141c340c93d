package dev.warpgrid.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFeedTest {
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final List<LogEntry> lines = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private long dropped;

    private final LogListener listener = new LogListener() {
        @Override
        public void lines(List<LogEntry> batch, long lost) {
            assertThat(batch.size()).isLessThanOrEqualTo(LogFeed.MAXIMUM_BATCH);
            lines.addAll(batch);
            dropped += lost;
        }

        @Override
        public void end() {
            calls.add("end");
        }
    };

    private LogFeed feed(int tail) {
        return new LogFeed(WEB, new LogQuery(null, tail, false, null), listener, () -> calls.add("closed"));
    }

    private static List<LogLine> lines(NodeId node, long from, long to) {
        List<LogLine> made = new ArrayList<>();
        for (long sequence = from; sequence <= to; sequence++) {
            made.add(new LogLine(
                    Instant.ofEpochMilli(sequence),
                    node,
                    new InstanceId("web-" + node),
                    new RevisionId(WEB, 1),
                    sequence,
                    LogLine.Stream.STDOUT,
                    LogLine.Level.INFO,
                    node + " " + sequence));
        }
        return made;
    }

    @Test
    void endsAtOnceWhereNobodyWasAsked() {
        feed(10).run();
        assertThat(lines).isEmpty();
        assertThat(calls).containsExactly("closed", "end");
    }

    @Test
    void keepsTheNewestOfAllNodesTogether() {
        LogFeed feed = feed(4);
        feed.asked(1, N1);
        feed.asked(2, N2);
        feed.add(1, N1, lines(N1, 1, 4), 0);
        feed.add(2, N2, lines(N2, 3, 6), 1);
        feed.ended(1);
        feed.ended(2);
        feed.run();
        assertThat(lines).extracting(LogEntry::text).containsExactly("n1 4", "n2 4", "n2 5", "n2 6");
        assertThat(dropped).isOne();
    }

    @Test
    void countsTheOldestLinesThatGaveWay() {
        LogFeed feed = feed(LogQuery.MAXIMUM_TAIL);
        feed.asked(1, N1);
        feed.add(1, N1, lines(N1, 1, LogFeed.CAPACITY), 0);
        feed.add(1, N1, lines(N1, LogFeed.CAPACITY + 1L, LogFeed.CAPACITY + 5L), 0);
        feed.ended(1);
        feed.run();
        assertThat(lines).hasSize(LogQuery.MAXIMUM_TAIL);
        assertThat(lines.getLast().sequence()).isEqualTo(LogFeed.CAPACITY + 5L);
        assertThat(dropped).isEqualTo(5);
    }

    @Test
    void passesOverLinesOfANodeThatWasNotAsked() {
        LogFeed feed = feed(10);
        feed.asked(1, N1);
        feed.add(1, N2, lines(N2, 1, 2), 0);
        feed.add(7, N1, lines(N1, 1, 2), 0);
        feed.ended(1);
        feed.run();
        assertThat(lines).isEmpty();
    }

    @Test
    void doesNotWaitForANodeThatWentAway() {
        LogFeed feed = feed(10);
        feed.asked(1, N1);
        feed.add(1, N1, lines(N1, 1, 1), 0);
        feed.asked(2, N2);
        feed.ended(1);
        feed.gone(2);
        feed.run();
        assertThat(lines).hasSize(1);
    }

    @Test
    void closesOnce() {
        LogFeed feed = feed(10);
        feed.asked(1, N1);
        feed.close();
        feed.close();
        feed.add(1, N1, lines(N1, 1, 1), 0);
        feed.run();
        assertThat(lines).isEmpty();
        assertThat(calls).containsExactly("closed", "end");
    }
}
