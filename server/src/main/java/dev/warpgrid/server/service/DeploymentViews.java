package dev.warpgrid.server.service;

import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what is stored into what the contract shows. */
final class DeploymentViews {
    private DeploymentViews() {}

    static Deployment view(StoredDeployment stored, @Nullable DeploymentStatus status) {
        return new Deployment(
                new Metadata(
                        stored.id().name(),
                        stored.id().namespace(),
                        stored.labels(),
                        stored.annotations(),
                        stored.uid().toString(),
                        stored.generation(),
                        version(stored),
                        stored.createdAt()),
                spec(stored.revision()),
                status);
    }

    /** The entity tag; the identity is in it, so that a name taken again never passes for the old one. */
    static String version(StoredDeployment stored) {
        return Long.toHexString(stored.uid().getMostSignificantBits() >>> 32) + "-" + stored.version();
    }

    static DeploymentSpec spec(StoredRevision revision) {
        return new DeploymentSpec(
                revision.artifact().value(),
                new DeploymentSpec.Trigger(new DeploymentSpec.Http(revision.hosts(), revision.paths())),
                new DeploymentSpec.Instances(revision.instances()),
                new DeploymentSpec.Resources(
                        revision.limits().memory().toString(),
                        DurationText.write(revision.limits().timeout()),
                        DurationText.write(revision.limits().cpuTime())),
                revision.environment(),
                RolloutRules.view(revision.rollout()));
    }

    /** What differs, by pointer; {@code before} is null for a new deployment. */
    static List<ApplyResult.Change> changes(@Nullable StoredDeployment before, StoredDeployment after) {
        return differences(before == null ? new TreeMap<>() : flat(before), flat(after));
    }

    /** What differs, by pointer; {@code before} is null for a first revision. */
    static List<ApplyResult.Change> changes(@Nullable StoredRevision before, StoredRevision after) {
        return differences(before == null ? new TreeMap<>() : flat(before), flat(after));
    }

    private static List<ApplyResult.Change> differences(SortedMap<String, String> old, SortedMap<String, String> now) {
        TreeSet<String> pointers = new TreeSet<>(old.keySet());
        pointers.addAll(now.keySet());
        List<ApplyResult.Change> changes = new ArrayList<>();
        for (String pointer : pointers) {
            String was = old.getOrDefault(pointer, "");
            String is = now.getOrDefault(pointer, "");
            if (!was.equals(is) || old.containsKey(pointer) != now.containsKey(pointer)) {
                changes.add(new ApplyResult.Change(pointer, was, is));
            }
        }
        return changes;
    }

    /**
     * For the audit trail: values of the environment may be secrets, so it shows only which there are, and which differ from
     * {@code other}.
     */
    static SortedMap<String, String> traced(StoredDeployment stored, @Nullable StoredDeployment other) {
        SortedMap<String, String> old = other == null ? new TreeMap<>() : flat(other);
        SortedMap<String, String> flat = flat(stored);
        flat.replaceAll((pointer, value) -> !pointer.startsWith("/spec/environment/")
                ? value
                : other == null || value.equals(old.get(pointer)) ? "(hidden)" : "(hidden, another value)");
        return flat;
    }

    private static SortedMap<String, String> flat(StoredDeployment stored) {
        SortedMap<String, String> flat = flat(stored.revision());
        stored.labels().forEach((key, value) -> flat.put("/metadata/labels/" + escape(key), value));
        stored.annotations().forEach((key, value) -> flat.put("/metadata/annotations/" + escape(key), value));
        return flat;
    }

    private static SortedMap<String, String> flat(StoredRevision revision) {
        SortedMap<String, String> flat = new TreeMap<>(RolloutRules.flat(revision.rollout()));
        flat.put("/spec/artifact", revision.artifact().value());
        for (int i = 0; i < revision.hosts().size(); i++) {
            flat.put("/spec/trigger/http/hosts/" + i, revision.hosts().get(i));
        }
        for (int i = 0; i < revision.paths().size(); i++) {
            flat.put("/spec/trigger/http/paths/" + i, revision.paths().get(i));
        }
        flat.put("/spec/instances/min", Integer.toString(revision.instances()));
        flat.put("/spec/resources/memory", revision.limits().memory().toString());
        flat.put("/spec/resources/timeout", DurationText.write(revision.limits().timeout()));
        flat.put("/spec/resources/cpuTime", DurationText.write(revision.limits().cpuTime()));
        revision.environment().forEach((key, value) -> flat.put("/spec/environment/" + escape(key), value));
        return flat;
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
