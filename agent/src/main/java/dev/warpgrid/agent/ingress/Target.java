package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.Exchange;
import dev.warpgrid.agent.metrics.RevisionCounters;
import java.util.function.Consumer;

/**
 * Where the requests of one revision go.
 *
 * @param pool takes the request without blocking
 */
public record Target(Consumer<Exchange> pool, RevisionCounters counters) {}
