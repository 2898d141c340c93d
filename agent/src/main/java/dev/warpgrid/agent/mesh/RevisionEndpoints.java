package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.guest.Refusal;
import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.Place;
import dev.warpgrid.agent.ingress.RoutedExchange;
import dev.warpgrid.agent.metrics.RevisionCounters;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that answer for one revision: this node, where it has instances, and others. Of two drawn at random the one with
 * fewer requests for each instance takes a request; requests are those this node has under way there. This node is always
 * one of the two, and it is preferred as long as it has no more than one request for each instance beyond the other: going
 * to another node costs about that.
 */
final class RevisionEndpoints implements Place {
    /** Sends a request to another node. */
    @FunctionalInterface
    interface Sender {
        void send(RoutedExchange exchange, Endpoint endpoint);
    }

    private final @Nullable LocalRevision local;
    private final AtomicInteger inFlightHere;
    private final Endpoint[] others;
    private final Sender sender;
    private final LongSupplier clock;
    private final IntUnaryOperator draw;

    /**
     * @param inFlightHere requests that went to this node's own instances
     * @param draw a random number below its argument
     */
    RevisionEndpoints(
            @Nullable LocalRevision local,
            AtomicInteger inFlightHere,
            List<Endpoint> others,
            Sender sender,
            LongSupplier clock,
            IntUnaryOperator draw) {
        this.local = local;
        this.inFlightHere = inFlightHere;
        this.others = others.toArray(Endpoint[]::new);
        this.sender = sender;
        this.clock = clock;
        this.draw = draw;
    }

    @Override
    public void accept(RoutedExchange exchange) {
        Endpoint other = choose(clock.getAsLong());
        LocalRevision here = local;
        int instancesHere = here == null ? 0 : here.instances().getAsInt();
        if (here != null && instancesHere > 0 && (other == null || prefersHere(instancesHere, other))) {
            answerHere(exchange, here);
        } else if (other != null) {
            sender.send(exchange, other);
        } else if (here != null) {
            // It may be about to start here; if not, it says so.
            answerHere(exchange, here);
        } else {
            exchange.refused(Refusal.NO_ENDPOINT);
        }
    }

    private boolean prefersHere(int instancesHere, Endpoint other) {
        long here = (long) (inFlightHere.get() + 1 - instancesHere) * other.instances();
        long there = (long) (other.inFlight.get() + 1) * instancesHere;
        return here <= there;
    }

    private void answerHere(RoutedExchange exchange, LocalRevision here) {
        RevisionCounters counters = here.target().counters();
        if (counters == null) {
            throw new IllegalStateException("A revision of this node has no counters.");
        }
        inFlightHere.incrementAndGet();
        exchange.answeredHere(counters, inFlightHere::decrementAndGet);
        here.target().place().accept(exchange);
    }

    /** The less loaded of two drawn; null where none takes requests now. */
    @Nullable
    Endpoint choose(long nowNanos) {
        Endpoint first = draw(nowNanos, null);
        Endpoint second = others.length < 2 || first == null ? null : draw(nowNanos, first);
        if (first == null || second == null) {
            return first;
        }
        long one = (long) (first.inFlight.get() + 1) * second.instances();
        long two = (long) (second.inFlight.get() + 1) * first.instances();
        return one <= two ? first : second;
    }

    private @Nullable Endpoint draw(long nowNanos, @Nullable Endpoint but) {
        int count = others.length;
        int at = count < 2 ? 0 : draw.applyAsInt(count);
        for (int i = 0; i < count; i++) {
            Endpoint endpoint = others[(at + i) % count];
            if (!endpoint.equals(but) && endpoint.takesRequests(nowNanos)) {
                return endpoint;
            }
        }
        return null;
    }
}
