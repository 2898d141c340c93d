package dev.warpgrid.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment's intent. A null field takes its default, which is written down when the deployment is applied, so that a
 * later default changes nothing that already runs.
 *
 * @param artifact digest of an uploaded component, {@code sha256:...}
 * @param environment what {@code wasi:cli/environment} answers
 * @param rollout how a new revision takes over from the present one
 */
public record DeploymentSpec(
        String artifact,
        @Nullable Trigger trigger,
        @Nullable Instances instances,
        @Nullable Resources resources,
        @Nullable Map<String, String> environment,
        @Nullable Rollout rollout) {

    /** With the usual rollout. */
    public DeploymentSpec(
            String artifact,
            @Nullable Trigger trigger,
            @Nullable Instances instances,
            @Nullable Resources resources,
            @Nullable Map<String, String> environment) {
        this(artifact, trigger, instances, resources, environment, null);
    }

    /** What calls the component; HTTP is the only trigger so far. */
    public record Trigger(@Nullable Http http) {}

    /**
     * @param hosts lower case, without port; default {@code NAME.NAMESPACE.localhost}
     * @param paths prefixes; default {@code /}
     */
    public record Http(
            @Nullable List<String> hosts, @Nullable List<String> paths) {}

    /** @param min how many are kept running; default 1 */
    public record Instances(@Nullable Integer min) {}

    /**
     * @param memory for example {@code "64MiB"}, the default
     * @param timeout wall time of one call, for example {@code "30s"}, the default
     * @param cpuTime processor time of one call; default {@code "10s"}
     */
    public record Resources(
            @Nullable String memory,
            @Nullable String timeout,
            @Nullable String cpuTime) {}

    /**
     * How a new revision takes over. Only the part that belongs to the strategy may be given.
     *
     * @param strategy {@code rolling} (the default), {@code canary} or {@code blue-green}
     * @param gates what the new revision has to keep to, or it is rolled back
     * @param deadline without progress for so long it is rolled back; default {@code "5m"}
     */
    public record Rollout(
            @Nullable String strategy,
            @Nullable Rolling rolling,
            @Nullable Canary canary,
            @Nullable BlueGreen blueGreen,
            @Nullable Gates gates,
            @Nullable String deadline) {}

    /**
     * @param maxSurge instances beyond the count, a number or a share such as {@code "25%"}, the default
     * @param maxUnavailable how many of the count may be missing; default {@code "0"}
     * @param bakeTime how long a batch has to answer before the next one starts; default {@code "0ms"}
     */
    public record Rolling(
            @Nullable String maxSurge,
            @Nullable String maxUnavailable,
            @Nullable String bakeTime) {}

    /** @param steps rising shares; default 10, 25 and 50 percent for a minute each */
    public record Canary(@Nullable List<CanaryStep> steps) {}

    /**
     * @param weight share of the requests in percent
     * @param pause how long before the next step; without it the step waits until it is promoted
     */
    public record CanaryStep(int weight, @Nullable String pause) {}

    /**
     * @param automatic switches as soon as all instances answer, the default; otherwise when it is promoted
     * @param keep how long the former revision stays ready to be switched back to; default {@code "5m"}
     */
    public record BlueGreen(
            @Nullable Boolean automatic, @Nullable String keep) {}

    /**
     * @param maxErrorPercent answers 500 to 599 of all, in percent
     * @param maxP99 99 of 100 requests take no longer, for example {@code "250ms"}
     * @param minRequests fewer prove nothing: a step waits for more, or to be promoted; default 20
     */
    public record Gates(
            @Nullable Double maxErrorPercent,
            @Nullable String maxP99,
            @Nullable Long minRequests) {}
}
