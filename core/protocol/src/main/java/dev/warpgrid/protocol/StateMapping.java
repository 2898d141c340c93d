package dev.warpgrid.protocol;

import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import java.time.Duration;
import java.util.TreeMap;

/** Intent on its way to an agent. A message that breaks a rule of the model throws {@link IllegalArgumentException}. */
public final class StateMapping {
    private StateMapping() {}

    public static dev.warpgrid.protocol.v1.DesiredState toMessage(DesiredState state) {
        var message = dev.warpgrid.protocol.v1.DesiredState.newBuilder().setGeneration(state.generation());
        state.workloads().forEach(workload -> message.addWorkloads(toMessage(workload)));
        state.assignments()
                .forEach(assignment -> message.addAssignments(dev.warpgrid.protocol.v1.Assignment.newBuilder()
                        .setInstanceId(assignment.instance().value())
                        .setRevision(assignment.revision().toString())));
        state.routes().forEach(route -> message.addRoutes(toMessage(route)));
        return message.build();
    }

    public static DesiredState fromMessage(dev.warpgrid.protocol.v1.DesiredState message) {
        return new DesiredState(
                message.getGeneration(),
                message.getWorkloadsList().stream()
                        .map(StateMapping::fromMessage)
                        .toList(),
                message.getAssignmentsList().stream()
                        .map(assignment -> new Assignment(
                                new InstanceId(assignment.getInstanceId()), RevisionId.parse(assignment.getRevision())))
                        .toList(),
                message.getRoutesList().stream().map(StateMapping::fromMessage).toList());
    }

    private static dev.warpgrid.protocol.v1.Workload toMessage(Workload workload) {
        WorkloadLimits limits = workload.limits();
        return dev.warpgrid.protocol.v1.Workload.newBuilder()
                .setRevision(workload.revision().toString())
                .setArtifactDigest(workload.artifact().value())
                .setArtifactBytes(workload.artifactBytes())
                .putAllEnvironment(workload.environment())
                .setMemoryLimitBytes(limits.memory().bytes())
                .setTimeoutMillis(limits.timeout().toMillis())
                .setCpuTimeMillis(limits.cpuTime().toMillis())
                .build();
    }

    private static Workload fromMessage(dev.warpgrid.protocol.v1.Workload message) {
        return new Workload(
                RevisionId.parse(message.getRevision()),
                new Digest(message.getArtifactDigest()),
                message.getArtifactBytes(),
                new TreeMap<>(message.getEnvironmentMap()),
                new WorkloadLimits(
                        new ByteSize(message.getMemoryLimitBytes()),
                        Duration.ofMillis(message.getTimeoutMillis()),
                        Duration.ofMillis(message.getCpuTimeMillis())));
    }

    static dev.warpgrid.protocol.v1.Route toMessage(Route route) {
        var message = dev.warpgrid.protocol.v1.Route.newBuilder()
                .setHost(route.host())
                .setPathPrefix(route.pathPrefix());
        route.targets()
                .forEach(target -> message.addTargets(dev.warpgrid.protocol.v1.RouteTarget.newBuilder()
                        .setRevision(target.revision().toString())
                        .setWeight(target.weight())));
        return message.build();
    }

    static Route fromMessage(dev.warpgrid.protocol.v1.Route message) {
        return new Route(
                message.getHost(),
                message.getPathPrefix(),
                message.getTargetsList().stream()
                        .map(target -> new RouteTarget(RevisionId.parse(target.getRevision()), target.getWeight()))
                        .toList());
    }
}
