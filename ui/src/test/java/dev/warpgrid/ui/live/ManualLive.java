package dev.warpgrid.ui.live;

import dev.warpgrid.api.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Time that passes when the test says so: {@link #tick()} reads every poll once and hands over what feeds have brought. */
public final class ManualLive implements Live {
    private final List<Runnable> jobs = new ArrayList<>();
    private int closed;

    @Override
    public <T> Subscription every(Duration period, Supplier<T> read, Consumer<T> show) {
        return add(() -> show.accept(read.get()), () -> {});
    }

    @Override
    public <T> Subscription follow(Feed<T> feed, Batch<T> show) {
        List<T> waiting = new ArrayList<>();
        Subscription opened = feed.open(waiting::add);
        return add(
                () -> {
                    if (!waiting.isEmpty()) {
                        List<T> items = List.copyOf(waiting);
                        waiting.clear();
                        show.show(items, 0);
                    }
                },
                opened::close);
    }

    private Subscription add(Runnable job, Runnable close) {
        jobs.add(job);
        return () -> {
            if (jobs.remove(job)) {
                closed++;
                close.run();
            }
        };
    }

    public void tick() {
        List.copyOf(jobs).forEach(Runnable::run);
    }

    /** How many jobs go on. */
    public int running() {
        return jobs.size();
    }

    /** How many jobs were ended. */
    public int closed() {
        return closed;
    }
}
