package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.model.WorkloadLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a deployment that need nothing but the deployment. All that is wrong is told at once, each with a JSON
 * pointer, and every default is filled in.
 */
final class SpecRules {
    static final int MAXIMUM_INSTANCES = 1000;
    static final int MAXIMUM_VARIABLES = 256;
    static final int MAXIMUM_ENVIRONMENT_BYTES = 64 << 10;
    static final int MAXIMUM_LABELS = 64;
    static final int MAXIMUM_ANNOTATION_BYTES = 64 << 10;
    private static final int MAXIMUM_VARIABLE_NAME = 256;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

    /** A specification without open questions. */
    record Complete(
            DeploymentId id,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            Digest artifact,
            List<String> hosts,
            List<String> paths,
            int instances,
            WorkloadLimits limits,
            SortedMap<String, String> environment,
            RolloutPolicy rollout) {}

    private final List<FieldError> errors = new ArrayList<>();

    private SpecRules() {}

    /** @throws ApiException with every broken rule */
    static Complete complete(Metadata metadata, DeploymentSpec spec) {
        return new SpecRules().check(metadata, spec);
    }

    private Complete check(Metadata metadata, DeploymentSpec spec) {
        String namespace = metadata.namespace() == null ? "" : metadata.namespace();
        label("/metadata/name", "deployment name", metadata.name());
        label("/metadata/namespace", "namespace", namespace);
        SortedMap<String, String> labels = labels(metadata.labels());
        SortedMap<String, String> annotations = annotations(metadata.annotations());
        Optional<Digest> artifact = read("/spec/artifact", spec.artifact(), Digest::new);
        int instances = instances(spec.instances());
        WorkloadLimits limits = limits(spec.resources());
        SortedMap<String, String> environment = environment(spec.environment());
        RolloutPolicy rollout = new RolloutRules(this::refuse).read(spec.rollout());
        DeploymentId id = ResourceName.isValid(metadata.name()) && ResourceName.isValid(namespace)
                ? new DeploymentId(namespace, metadata.name())
                : new DeploymentId("default", "unnamed");
        DeploymentSpec.Http http =
                spec.trigger() == null ? null : spec.trigger().http();
        List<String> hosts = hosts(id, http == null ? null : http.hosts());
        List<String> paths = paths(http == null ? null : http.paths());
        if (!errors.isEmpty() || artifact.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        return new Complete(
                id, labels, annotations, artifact.get(), hosts, paths, instances, limits, environment, rollout);
    }

    private void label(String pointer, String what, String name) {
        read(pointer, name, text -> ResourceName.require(what, text));
    }

    private <T> Optional<T> read(String pointer, String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            refuse(pointer, e.getMessage() == null ? "\"" + text + "\" is not understood." : e.getMessage());
            return Optional.empty();
        }
    }

    private void refuse(String pointer, String message) {
        errors.add(new FieldError(pointer, message));
    }

    private SortedMap<String, String> labels(@Nullable Map<String, String> given) {
        SortedMap<String, String> labels = given == null ? new TreeMap<>() : new TreeMap<>(given);
        if (labels.size() > MAXIMUM_LABELS) {
            refuse(
                    "/metadata/labels",
                    "A deployment has at most " + MAXIMUM_LABELS + " labels, and this one has " + labels.size()
                            + ": leave some out.");
        }
        labels.forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches() || !LABEL_VALUE.matcher(value).matches()) {
                refuse(
                        pointer("/metadata/labels", key),
                        "The label " + key + "=" + value
                                + " is not valid: use letters, digits, dots, hyphens and underscores, at most 63 in the value.");
            }
        });
        return labels;
    }

    private SortedMap<String, String> annotations(@Nullable Map<String, String> given) {
        SortedMap<String, String> annotations = given == null ? new TreeMap<>() : new TreeMap<>(given);
        annotations.keySet().stream()
                .filter(key -> !LABEL_KEY.matcher(key).matches())
                .forEach(key -> refuse(
                        pointer("/metadata/annotations", key),
                        "The annotation's name \"" + key
                                + "\" is not valid: use letters, digits, dots, hyphens, underscores and slashes."));
        if (bytes(annotations) > MAXIMUM_ANNOTATION_BYTES) {
            refuse(
                    "/metadata/annotations",
                    "Annotations hold at most " + new ByteSize(MAXIMUM_ANNOTATION_BYTES) + " together, and these hold "
                            + bytes(annotations) + " bytes: shorten them.");
        }
        return annotations;
    }

    private int instances(DeploymentSpec.@Nullable Instances given) {
        int min = given == null || given.min() == null ? 1 : given.min();
        if (min < 0 || min > MAXIMUM_INSTANCES) {
            refuse(
                    "/spec/instances/min",
                    "A deployment runs 0 to " + MAXIMUM_INSTANCES + " instances, and " + min + " were asked for.");
        }
        return min;
    }

    private WorkloadLimits limits(DeploymentSpec.@Nullable Resources given) {
        WorkloadLimits limits = WorkloadLimits.defaults();
        if (given == null) {
            return limits;
        }
        WorkloadLimits memory = given.memory() == null
                ? limits
                : read(
                                "/spec/resources/memory",
                                given.memory(),
                                text -> new WorkloadLimits(ByteSize.parse(text), limits.timeout(), limits.cpuTime()))
                        .orElse(limits);
        WorkloadLimits timeout = given.timeout() == null
                ? memory
                : read(
                                "/spec/resources/timeout",
                                given.timeout(),
                                text -> new WorkloadLimits(memory.memory(), wholeMillis(text), memory.cpuTime()))
                        .orElse(memory);
        return given.cpuTime() == null
                ? timeout
                : read(
                                "/spec/resources/cpuTime",
                                given.cpuTime(),
                                text -> new WorkloadLimits(timeout.memory(), timeout.timeout(), wholeMillis(text)))
                        .orElse(timeout);
    }

    /** Milliseconds are what is stored; anything finer would silently become something else. */
    private static Duration wholeMillis(String text) {
        Duration duration = DurationText.parse(text);
        if (!duration.equals(Duration.ofMillis(duration.toMillis()))) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is finer than a millisecond: write whole milliseconds, such as 1500ms.");
        }
        return duration;
    }

    private SortedMap<String, String> environment(@Nullable Map<String, String> given) {
        SortedMap<String, String> environment = given == null ? new TreeMap<>() : new TreeMap<>(given);
        if (environment.size() > MAXIMUM_VARIABLES) {
            refuse(
                    "/spec/environment",
                    "An environment holds at most " + MAXIMUM_VARIABLES + " variables, and this one holds "
                            + environment.size() + ": leave some out.");
        }
        environment.forEach((name, value) -> {
            if (name.length() > MAXIMUM_VARIABLE_NAME || !VARIABLE.matcher(name).matches()) {
                refuse(
                        pointer("/spec/environment", name),
                        "\"" + name
                                + "\" is no name of a variable: use letters, digits and underscores, and no digit in front.");
            }
            if (value.indexOf('\0') >= 0) {
                refuse(
                        pointer("/spec/environment", name),
                        "The variable " + name
                                + " holds a NUL character, which no environment can carry: take it out.");
            }
        });
        if (bytes(environment) > MAXIMUM_ENVIRONMENT_BYTES) {
            refuse(
                    "/spec/environment",
                    "An environment holds at most " + new ByteSize(MAXIMUM_ENVIRONMENT_BYTES)
                            + " together, and this one holds " + bytes(environment) + " bytes: shorten it.");
        }
        return environment;
    }

    private List<String> hosts(DeploymentId id, @Nullable List<String> given) {
        if (given == null || given.isEmpty()) {
            return List.of(HostRules.defaultHost(id));
        }
        checkAll(
                "/spec/trigger/http/hosts",
                "hosts",
                given,
                HostRules.MAXIMUM_HOSTS,
                host -> HostRules.refuseHost(id, host));
        return given;
    }

    private List<String> paths(@Nullable List<String> given) {
        if (given == null || given.isEmpty()) {
            return List.of("/");
        }
        checkAll("/spec/trigger/http/paths", "paths", given, HostRules.MAXIMUM_PATHS, HostRules::refusePath);
        return given;
    }

    private void checkAll(
            String pointer, String what, List<String> given, int maximum, Function<String, Optional<String>> rule) {
        if (given.size() > maximum) {
            refuse(
                    pointer,
                    "A deployment has at most " + maximum + " " + what + ", and this one has " + given.size() + ".");
        }
        if (new LinkedHashSet<>(given).size() < given.size()) {
            refuse(pointer, "One of the " + what + " is there twice: name each once.");
        }
        for (int i = 0; i < given.size(); i++) {
            int index = i;
            rule.apply(given.get(i)).ifPresent(message -> refuse(pointer + "/" + index, message));
        }
    }

    private static int bytes(SortedMap<String, String> map) {
        return map.entrySet().stream()
                .mapToInt(entry -> entry.getKey().getBytes(StandardCharsets.UTF_8).length
                        + entry.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** RFC 6901: a key may hold a slash. */
    private static String pointer(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
