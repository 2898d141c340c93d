package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.Exchange;
import dev.warpgrid.agent.metrics.RevisionCounters;
import io.vertx.core.Context;

/** A request whose place is still to be chosen, and which may go to another when one turns it away. */
public interface RoutedExchange extends Exchange {
    /** The event loop of its client's connection. */
    Context context();

    /**
     * An instance of this node is to answer.
     *
     * @param released runs once, when the request is no longer there
     */
    void answeredHere(RevisionCounters counters, Runnable released);

    /** It is about to be sent to another node; up to so many bytes of its body stay at hand in case that one refuses. */
    void sending(int mostKeptBytes);

    /** The answer has begun: it goes nowhere else any more. */
    void answering();
}
