package dev.warpgrid.model;

import java.util.List;

/**
 * All that a node needs to know to send one deployment's requests to where they are answered.
 *
 * @param routes its hosts and paths, each with the same weighted revisions
 * @param endpoints in order of revision and node; they may be of revisions that no route names any more
 * @param awaited an endpoint is about to come, so that requests may wait for it where there is none
 */
public record RouteGroup(DeploymentId deployment, List<Route> routes, List<RouteEndpoint> endpoints, boolean awaited) {
    public RouteGroup {
        routes = List.copyOf(routes);
        endpoints = List.copyOf(endpoints);
        for (Route route : routes) {
            for (RouteTarget target : route.targets()) {
                require(deployment, target.revision());
            }
        }
        endpoints.forEach(endpoint -> require(deployment, endpoint.revision()));
    }

    private static void require(DeploymentId deployment, RevisionId revision) {
        if (!revision.deployment().equals(deployment)) {
            throw new IllegalArgumentException(
                    "Requests of deployment " + deployment + " cannot go to revision " + revision + ".");
        }
    }
}
