package dev.warpgrid.server.rest;

import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of deployments, once or as they change: the same for one namespace and for all. */
@Singleton
public class DeploymentLists {
    static final String WATCH =
            "A watch begins with every deployment as it is. Events are \"changed\" with the deployment"
                    + " as it is now, and \"deleted\" with namespace and name; several changes of one deployment may come as one.";

    private final DeploymentService deployments;
    private final Streams streams;

    @Inject
    public DeploymentLists(DeploymentService deployments, Streams streams) {
        this.deployments = deployments;
        this.streams = streams;
    }

    /** A page as the document describes it, for which a generic type is too much. */
    record DeploymentPage(List<Deployment> items, @Nullable String cursor, long total) {}

    /** A deployment that is no more. */
    record Gone(String namespace, String name) {}

    void answer(
            SecurityContext security,
            String namespace,
            ListParameters parameters,
            boolean watch,
            AsyncResponse answer) {
        if (!watch) {
            answer.resume(Response.ok(deployments.list(Callers.of(security), namespace, parameters.query()))
                    .type(MediaType.APPLICATION_JSON)
                    .build());
            return;
        }
        streams.open(
                answer,
                StreamFormat.SERVER_SENT_EVENTS,
                Callers.of(security),
                stream -> deployments.watch(Callers.of(security), namespace, change -> {
                    Deployment now = change.deployment();
                    if (now == null) {
                        stream.send("deleted", "", new Gone(change.namespace(), change.name()));
                    } else {
                        stream.send("changed", "", now);
                    }
                }));
    }
}
