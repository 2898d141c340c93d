package dev.warpgrid.server.link;

import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.protocol.FactMapping;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.NodeEvent;
import dev.warpgrid.server.control.EventQueue;
import dev.warpgrid.server.observe.FactBoard;
import dev.warpgrid.server.observe.LogRelay;
import dev.warpgrid.server.observe.MetricsBoard;
import dev.warpgrid.server.store.NewEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes what agents tell to where it belongs. A part that breaks a rule of the model is passed over, the rest counts. */
@Singleton
public class Reports {
    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private final FactBoard facts;
    private final MetricsBoard metrics;
    private final LogRelay logs;
    private final EventQueue events;
    private final Clock clock;

    @Inject
    public Reports(FactBoard facts, MetricsBoard metrics, LogRelay logs, EventQueue events, Clock clock) {
        this.facts = facts;
        this.metrics = metrics;
        this.logs = logs;
        this.events = events;
        this.clock = clock;
    }

    void take(NodeId node, long session, AgentMessage message) {
        facts.heard(node, session, clock.instant());
        switch (message.getMessageCase()) {
            case HEARTBEAT -> facts.usage(node, session, FactMapping.fromMessage(message.getHeartbeat()));
            case FACTS ->
                facts.facts(
                        node, session, instanceFacts(node, message.getFacts().getFactsList()));
            case METRICS ->
                metrics.add(
                        node,
                        Instant.ofEpochMilli(message.getMetrics().getAtEpochMillis()),
                        sound(message.getMetrics().getRevisionsList(), FactMapping::fromMessage, node));
            case LOGS -> {
                List<LogLine> lines =
                        sound(message.getLogs().getLinesList(), line -> FactMapping.fromMessage(node, line), node);
                logs.lines(
                        node,
                        message.getLogs().getSubscription(),
                        lines,
                        message.getLogs().getDropped());
            }
            case LOG_END -> logs.ended(node, message.getLogEnd().getSubscription());
            case APPLIED -> facts.applied(node, session, message.getApplied().getGeneration());
            case EVENT -> event(node, message.getEvent());
            case ENDING -> {
                facts.ending(node, session);
                events.offer(NewEvent.of(
                                Severity.INFO,
                                "NodeEnding",
                                "The agent of node " + node + " was told to end; its instances start elsewhere.")
                        .on(node));
            }
            // A second hello, or a message of a newer agent that this server need not understand.
            case HELLO, MESSAGE_NOT_SET -> LOG.log(Level.DEBUG, "Node {0} sent a message of no use.", node);
        }
    }

    List<InstanceFact> instanceFacts(NodeId node, List<dev.warpgrid.protocol.v1.InstanceFact> messages) {
        return sound(messages, message -> FactMapping.fromMessage(node, message), node);
    }

    private static <M, T> List<T> sound(List<M> messages, Function<M, T> mapping, NodeId node) {
        List<T> sound = new ArrayList<>(messages.size());
        for (M message : messages) {
            try {
                sound.add(mapping.apply(message));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "Node {0} reported something that makes no sense: {1}", node, e.getMessage());
            }
        }
        return sound;
    }

    private void event(NodeId node, NodeEvent message) {
        try {
            String count = message.getCount() > 1 ? " (" + message.getCount() + " times)" : "";
            NewEvent event = NewEvent.of(
                            message.getWarning() ? Severity.WARNING : Severity.INFO,
                            message.getReason(),
                            message.getMessage() + count)
                    .on(node);
            if (!message.getRevision().isEmpty()) {
                event = event.about(RevisionId.parse(message.getRevision()).deployment());
            }
            if (!message.getInstanceId().isEmpty()) {
                event = event.about(new InstanceId(message.getInstanceId()));
            }
            events.offer(event);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "Node {0} told an event that makes no sense: {1}", node, e.getMessage());
        }
    }
}
