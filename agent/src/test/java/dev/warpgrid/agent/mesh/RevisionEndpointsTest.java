package dev.warpgrid.agent.mesh;

import static dev.warpgrid.agent.Samples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.Refusal;
import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.RoutedExchange;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevisionEndpointsTest {
    private final Random random = new Random(7);
    private final List<String> went = new ArrayList<>();
    private final AtomicInteger inFlightHere = new AtomicInteger();
    private final AtomicInteger instancesHere = new AtomicInteger(1);
    private long now = 1_000;

    private final Endpoint one = endpoint("one", 1);
    private final Endpoint two = endpoint("two", 1);

    private static Endpoint endpoint(String node, int instances) {
        return new Endpoint(revision(1), new Peer(new MeshPeer(new NodeId(node), "127.0.0.1", 1)), instances);
    }

    private RevisionEndpoints places(@Nullable LocalRevision here, Endpoint... others) {
        return new RevisionEndpoints(
                here,
                inFlightHere,
                List.of(others),
                (exchange, endpoint) -> {
                    endpoint.inFlight.incrementAndGet();
                    went.add(endpoint.peer.node.value());
                },
                () -> now,
                random::nextInt);
    }

    private LocalRevision here() {
        return new LocalRevision(new Target(exchange -> went.add("here"), new RevisionCounters()), instancesHere::get);
    }

    private long share(String node) {
        return went.stream().filter(node::equals).count();
    }

    private void advance(Duration time) {
        now += time.toNanos();
    }

    @Test
    void spreadsRequestsByInstances() {
        RevisionEndpoints places = places(null, endpoint("a", 1), endpoint("b", 1), endpoint("c", 2));
        for (int i = 0; i < 400; i++) {
            places.accept(new FakeExchange());
        }
        assertThat(share("a")).isBetween(80L, 120L);
        assertThat(share("b")).isBetween(80L, 120L);
        assertThat(share("c")).isBetween(170L, 230L);
    }

    @Test
    void staysHereUntilRequestsHereAreOneForEachInstanceMoreThanElsewhere() {
        RevisionEndpoints places = places(here(), one);
        places.accept(new FakeExchange());
        places.accept(new FakeExchange());
        assertThat(went).containsExactly("here", "here");
        places.accept(new FakeExchange());
        assertThat(went).containsExactly("here", "here", "one");
        places.accept(new FakeExchange());
        assertThat(went).endsWith("here");
    }

    @Test
    void countsARequestHereUntilItIsReleased() {
        FakeExchange exchange = new FakeExchange();
        places(here(), one).accept(exchange);
        assertThat(inFlightHere).hasValue(1);
        exchange.release();
        assertThat(inFlightHere).hasValue(0);
    }

    @Test
    void goesElsewhereWhileNoInstanceRunsHereAndComesHereWhileNoOtherTakesRequests() {
        instancesHere.set(0);
        RevisionEndpoints places = places(here(), one);
        places.accept(new FakeExchange());
        assertThat(went).containsExactly("one");
        one.peer.aside.failed(now);
        places.accept(new FakeExchange());
        assertThat(went).containsExactly("one", "here");
    }

    @Test
    void passesOverWhatIsSetAsideUntilItsTimeIsOver() {
        RevisionEndpoints places = places(null, one, two);
        one.aside.failed(now);
        for (int i = 0; i < 10; i++) {
            places.accept(new FakeExchange());
        }
        assertThat(share("one")).isZero();
        advance(Duration.ofMillis(1_001));
        places.accept(new FakeExchange());
        assertThat(share("one")).isEqualTo(1);
    }

    @Test
    void refusesWhereNothingTakesRequests() {
        one.peer.aside.failed(now);
        FakeExchange exchange = new FakeExchange();
        places(null, one).accept(exchange);
        assertThat(exchange.refusal).isEqualTo(Refusal.NO_ENDPOINT);
    }

    @Test
    void setsAsideForLongerWithEachFailureUpToTenSeconds() {
        var aside = new SetAside();
        for (long seconds : new long[] {1, 2, 4, 8, 10, 10}) {
            aside.failed(now);
            advance(Duration.ofMillis(1));
            // Of a request that was under way at the same time.
            aside.failed(now);
            advance(Duration.ofSeconds(seconds).minusMillis(2));
            assertThat(aside.isAside(now)).isTrue();
            advance(Duration.ofMillis(2));
            assertThat(aside.isAside(now)).isFalse();
        }
        aside.failed(now);
        aside.succeeded();
        assertThat(aside.isAside(now)).isFalse();
        aside.failed(now);
        advance(Duration.ofMillis(1_001));
        assertThat(aside.isAside(now)).isFalse();
    }

    /** Takes what a place does with it. */
    private static final class FakeExchange implements RoutedExchange {
        private @Nullable Refusal refusal;
        private Runnable released = () -> {};

        void release() {
            released.run();
        }

        @Override
        public Context context() {
            throw new AssertionError("The choice of an endpoint looks at no context.");
        }

        @Override
        public void answeredHere(RevisionCounters counters, Runnable whenReleased) {
            released = whenReleased;
        }

        @Override
        public void sending(int mostKeptBytes) {}

        @Override
        public void answering() {}

        @Override
        public HttpRequest request() {
            throw new AssertionError("The choice of an endpoint looks at no request.");
        }

        @Override
        public HttpResponseSink response() {
            throw new AssertionError("The choice of an endpoint looks at no response.");
        }

        @Override
        public String requestId() {
            return "request-1";
        }

        @Override
        public boolean abandoned() {
            return false;
        }

        @Override
        public void refused(Refusal why) {
            refusal = why;
        }

        @Override
        public void failed(CallFailure failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void finished() {}

        @Override
        public void tick() {}
    }
}
