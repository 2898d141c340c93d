package dev.warpgrid.ui.live;

import dev.warpgrid.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a presenter may ask of time and other threads. Reads run beside the page; what they bring is shown on the page, a few
 * times a second at most. Everything ends with the page; a single job ends when its subscription is closed.
 */
public interface Live {
    /** Reads now and then again and again; shows the newest. */
    <T> Subscription every(Duration period, Supplier<T> read, Consumer<T> show);

    /** Subscribes and shows what came, in order, several at once. */
    <T> Subscription follow(Feed<T> feed, Batch<T> show);

    /** Something that calls back until it is closed. */
    @FunctionalInterface
    interface Feed<T> {
        Subscription open(Consumer<T> listener);
    }

    /** Takes what came since the last time. */
    @FunctionalInterface
    interface Batch<T> {
        /** @param dropped how many before these were lost, because the page was too slow */
        void show(List<T> items, long dropped);
    }
}
