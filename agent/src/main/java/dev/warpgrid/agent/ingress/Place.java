package dev.warpgrid.agent.ingress;

/** Where a request can be answered: the pool of a revision on this node, or several nodes. */
@FunctionalInterface
public interface Place {
    /** Takes a request without blocking, or refuses it. */
    void accept(RoutedExchange exchange);
}
