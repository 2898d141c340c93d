package dev.warpgrid.agent;

import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Intent for tests. */
public final class Samples {
    private static final byte[] ARTIFACT = {0, (byte) 0x61, (byte) 0x73, (byte) 0x6d};

    private Samples() {}

    public static byte[] artifact() {
        return ARTIFACT.clone();
    }

    public static RevisionId revision(int number) {
        return RevisionId.parse("default/hello@" + number);
    }

    public static Workload workload(RevisionId revision) {
        return workload(revision, ARTIFACT, WorkloadLimits.defaults());
    }

    public static Workload workload(RevisionId revision, byte[] artifact, WorkloadLimits limits) {
        return new Workload(revision, digest(artifact), artifact.length, new TreeMap<>(), limits);
    }

    public static Digest digest(byte[] bytes) {
        try {
            return Digest.ofSha256(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Instances {@code hello-NUMBER-0} and so on of one revision, and a route of host {@code hello.localhost} to it. */
    public static DesiredState desired(long generation, Workload workload, int instances) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            assignments.add(new Assignment(instance(workload.revision(), i), workload.revision()));
        }
        return new DesiredState(generation, List.of(workload), assignments, List.of(route(workload.revision())));
    }

    public static InstanceId instance(RevisionId revision, int index) {
        return new InstanceId(revision.deployment().name() + "-" + revision.number() + "-" + index);
    }

    public static Route route(RevisionId revision) {
        return new Route(revision.deployment().name() + ".localhost", "/", List.of(new RouteTarget(revision, 100)));
    }
}
