package dev.warpgrid.api;

import java.util.function.Consumer;

/** Deployments: apply, see, scale, restart, delete. */
public interface DeploymentService {
    /** @param namespace one, or {@code "*"} for all */
    Page<Deployment> list(Caller caller, String namespace, ListQuery query);

    Deployment get(Caller caller, String namespace, String name);

    ApplyResult apply(Caller caller, Deployment deployment, ApplyOptions options);

    /** A new revision with another number of instances. */
    ApplyResult scale(Caller caller, String namespace, String name, int instances);

    /** Replaces every instance by a new one of the same revision, one after the other. */
    void restart(Caller caller, String namespace, String name);

    /** @param ifMatch as in {@link ApplyOptions} */
    void delete(Caller caller, String namespace, String name, @org.jspecify.annotations.Nullable String ifMatch);

    /** @param seconds how far back, 1 to 3600 */
    MetricsWindow metrics(Caller caller, String namespace, String name, int seconds);

    Subscription logs(Caller caller, String namespace, String name, LogQuery query, LogListener listener);

    /** Tells after each change of a deployment of the namespace ({@code "*"}: any), intent or status; coalesced. */
    Subscription watch(Caller caller, String namespace, Consumer<DeploymentChange> listener);

    /** @param deployment as it is now; null when it is gone */
    record DeploymentChange(
            String namespace,
            String name,
            @org.jspecify.annotations.Nullable Deployment deployment) {}
}
