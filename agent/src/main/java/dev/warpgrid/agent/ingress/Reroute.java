package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.Refusal;

/** What is done with a request that its place has turned away. */
@FunctionalInterface
interface Reroute {
    /** On any thread; sees to it that the request is answered, here or elsewhere. */
    void turnedAway(HttpExchange exchange, Refusal refusal);
}
