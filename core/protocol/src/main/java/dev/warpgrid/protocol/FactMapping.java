package dev.warpgrid.protocol;

import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.NodeUsage;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RevisionMetrics;
import dev.warpgrid.protocol.v1.Heartbeat;
import dev.warpgrid.protocol.v1.LogLevel;
import dev.warpgrid.protocol.v1.LogStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

/**
 * Facts on their way to a server. The node is not in the messages: it comes from the certificate and is handed in. A
 * message that breaks a rule of the model throws {@link IllegalArgumentException}.
 */
public final class FactMapping {
    private FactMapping() {}

    public static dev.warpgrid.protocol.v1.InstanceFact toMessage(InstanceFact fact) {
        return dev.warpgrid.protocol.v1.InstanceFact.newBuilder()
                .setSequence(fact.sequence())
                .setAtEpochMillis(fact.at().toEpochMilli())
                .setInstanceId(fact.instance().value())
                .setRevision(fact.revision().toString())
                .setState(toMessage(fact.state()))
                .setReason(fact.reason())
                .setRestarts(fact.restarts())
                .setMemoryBytes(fact.memoryBytes())
                .build();
    }

    public static InstanceFact fromMessage(NodeId node, dev.warpgrid.protocol.v1.InstanceFact message) {
        return new InstanceFact(
                message.getSequence(),
                Instant.ofEpochMilli(message.getAtEpochMillis()),
                node,
                new InstanceId(message.getInstanceId()),
                RevisionId.parse(message.getRevision()),
                fromMessage(message.getState()),
                message.getReason(),
                message.getRestarts(),
                message.getMemoryBytes());
    }

    public static dev.warpgrid.protocol.v1.NodeDescription toMessage(NodeDescription node) {
        return dev.warpgrid.protocol.v1.NodeDescription.newBuilder()
                .setAgentVersion(node.agentVersion())
                .setEngineName(node.engine().name())
                .setEngineVersion(node.engine().version())
                .setEngineCompiled(node.engine().compiled())
                .setProcessors(node.processors())
                .setMemoryBytes(node.memoryBytes())
                .putAllLabels(node.labels())
                .addAllInterfaces(node.interfaces())
                .setIngressUrl(node.ingressUrl())
                .setMeshAddress(node.meshAddress())
                .build();
    }

    public static NodeDescription fromMessage(
            NodeId node, int protocolVersion, dev.warpgrid.protocol.v1.NodeDescription message) {
        return new NodeDescription(
                node,
                message.getAgentVersion(),
                protocolVersion,
                new EngineFacts(message.getEngineName(), message.getEngineVersion(), message.getEngineCompiled()),
                message.getProcessors(),
                message.getMemoryBytes(),
                new TreeMap<>(message.getLabelsMap()),
                message.getInterfacesList(),
                message.getIngressUrl(),
                message.getMeshAddress());
    }

    public static Heartbeat toMessage(NodeUsage usage) {
        return Heartbeat.newBuilder()
                .setGuestMemoryBytes(usage.guestMemoryBytes())
                .setResidentBytes(usage.residentBytes())
                .setCpuShare(usage.cpuShare())
                .setInstances(usage.instances())
                .build();
    }

    public static NodeUsage fromMessage(Heartbeat message) {
        return new NodeUsage(
                message.getGuestMemoryBytes(),
                message.getResidentBytes(),
                message.getCpuShare(),
                message.getInstances());
    }

    public static dev.warpgrid.protocol.v1.RevisionMetrics toMessage(RevisionMetrics metrics) {
        var message = dev.warpgrid.protocol.v1.RevisionMetrics.newBuilder()
                .setRevision(metrics.revision().toString())
                .setRequests(metrics.requests())
                .setClientErrors(metrics.clientErrors())
                .setServerErrors(metrics.serverErrors())
                .setMemoryBytes(metrics.memoryBytes())
                .setInFlight(metrics.inFlight())
                .setInstances(metrics.instances())
                .setColdStarts(metrics.coldStarts())
                .setCpuNanos(metrics.cpuNanos());
        long[] counts = metrics.latencyCounts();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                message.putLatencyCounts(i, counts[i]);
            }
        }
        return message.build();
    }

    public static RevisionMetrics fromMessage(dev.warpgrid.protocol.v1.RevisionMetrics message) {
        long[] counts = new long[LatencyBuckets.COUNT];
        message.getLatencyCountsMap().forEach((index, count) -> {
            if (index < 0 || index >= counts.length) {
                throw new IllegalArgumentException("There is no latency bucket " + index + ".");
            }
            counts[index] = count;
        });
        return new RevisionMetrics(
                RevisionId.parse(message.getRevision()),
                message.getRequests(),
                message.getClientErrors(),
                message.getServerErrors(),
                counts,
                message.getMemoryBytes(),
                message.getInFlight(),
                message.getInstances(),
                message.getColdStarts(),
                message.getCpuNanos());
    }

    public static dev.warpgrid.protocol.v1.LogLine toMessage(LogLine line) {
        return dev.warpgrid.protocol.v1.LogLine.newBuilder()
                .setAtEpochMicros(ChronoUnit.MICROS.between(Instant.EPOCH, line.at()))
                .setInstanceId(line.instance().value())
                .setRevision(line.revision().toString())
                .setSequence(line.sequence())
                .setStream(toMessage(line.stream()))
                .setLevel(toMessage(line.level()))
                .setText(line.text())
                .build();
    }

    public static LogLine fromMessage(NodeId node, dev.warpgrid.protocol.v1.LogLine message) {
        return new LogLine(
                Instant.EPOCH.plus(message.getAtEpochMicros(), ChronoUnit.MICROS),
                node,
                new InstanceId(message.getInstanceId()),
                RevisionId.parse(message.getRevision()),
                message.getSequence(),
                fromMessage(message.getStream()),
                fromMessage(message.getLevel()),
                message.getText());
    }

    private static dev.warpgrid.protocol.v1.InstanceState toMessage(InstanceState state) {
        return switch (state) {
            case PENDING -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_PENDING;
            case STARTING -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_STARTING;
            case RUNNING -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_RUNNING;
            case BACKING_OFF -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_BACKING_OFF;
            case DRAINING -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_DRAINING;
            case FAILED -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_FAILED;
            case STOPPED -> dev.warpgrid.protocol.v1.InstanceState.INSTANCE_STATE_STOPPED;
        };
    }

    private static InstanceState fromMessage(dev.warpgrid.protocol.v1.InstanceState state) {
        return switch (state) {
            case INSTANCE_STATE_PENDING -> InstanceState.PENDING;
            case INSTANCE_STATE_STARTING -> InstanceState.STARTING;
            case INSTANCE_STATE_RUNNING -> InstanceState.RUNNING;
            case INSTANCE_STATE_BACKING_OFF -> InstanceState.BACKING_OFF;
            case INSTANCE_STATE_DRAINING -> InstanceState.DRAINING;
            case INSTANCE_STATE_FAILED -> InstanceState.FAILED;
            case INSTANCE_STATE_STOPPED -> InstanceState.STOPPED;
            case INSTANCE_STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("A fact names no instance state this version knows.");
        };
    }

    private static LogStream toMessage(LogLine.Stream stream) {
        return switch (stream) {
            case STDOUT -> LogStream.LOG_STREAM_STDOUT;
            case STDERR -> LogStream.LOG_STREAM_STDERR;
            case LOGGING -> LogStream.LOG_STREAM_LOGGING;
            case AGENT -> LogStream.LOG_STREAM_AGENT;
        };
    }

    private static LogLevel toMessage(LogLine.Level level) {
        return switch (level) {
            case TRACE -> LogLevel.LOG_LEVEL_TRACE;
            case DEBUG -> LogLevel.LOG_LEVEL_DEBUG;
            case INFO -> LogLevel.LOG_LEVEL_INFO;
            case WARN -> LogLevel.LOG_LEVEL_WARN;
            case ERROR -> LogLevel.LOG_LEVEL_ERROR;
            case CRITICAL -> LogLevel.LOG_LEVEL_CRITICAL;
        };
    }

    private static LogLine.Stream fromMessage(LogStream stream) {
        return switch (stream) {
            case LOG_STREAM_STDOUT -> LogLine.Stream.STDOUT;
            case LOG_STREAM_STDERR -> LogLine.Stream.STDERR;
            case LOG_STREAM_LOGGING -> LogLine.Stream.LOGGING;
            case LOG_STREAM_AGENT, LOG_STREAM_UNSPECIFIED, UNRECOGNIZED -> LogLine.Stream.AGENT;
        };
    }

    private static LogLine.Level fromMessage(LogLevel level) {
        return switch (level) {
            case LOG_LEVEL_TRACE -> LogLine.Level.TRACE;
            case LOG_LEVEL_DEBUG -> LogLine.Level.DEBUG;
            case LOG_LEVEL_INFO, LOG_LEVEL_UNSPECIFIED, UNRECOGNIZED -> LogLine.Level.INFO;
            case LOG_LEVEL_WARN -> LogLine.Level.WARN;
            case LOG_LEVEL_ERROR -> LogLine.Level.ERROR;
            case LOG_LEVEL_CRITICAL -> LogLine.Level.CRITICAL;
        };
    }
}
