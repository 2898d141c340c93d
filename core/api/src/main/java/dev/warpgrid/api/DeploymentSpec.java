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
 */
public record DeploymentSpec(
        String artifact,
        @Nullable Trigger trigger,
        @Nullable Instances instances,
        @Nullable Resources resources,
        @Nullable Map<String, String> environment) {

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
}
