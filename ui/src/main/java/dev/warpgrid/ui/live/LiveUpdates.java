package dev.warpgrid.ui.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.VaadinService;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live jobs of one view. They start when the view is attached and end when it is detached. Results wait in a small
 * buffer for each job and reach the page in one push, at most {@value #PUSHES_PER_SECOND} times a second.
 *
 * <p>Work runs on Vaadin's executor (the server may set a managed one in its service's init event), with the class loader
 * of the thread that attached the view.
 */
public final class LiveUpdates implements Live {
    /** More often than this no eye can follow, and each push costs the page a layout. */
    public static final int PUSHES_PER_SECOND = 4;
    /** What one feed may hold between two pushes; older items are dropped and counted. */
    public static final int MAXIMUM_BUFFERED = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

    private final Consumer<String> trouble;
    private final Set<Job> jobs = new LinkedHashSet<>();
    private final Set<Job> waiting = new LinkedHashSet<>();
    private boolean pushScheduled;
    private @Nullable Page page;

    /** Where results go while the view is attached. */
    private record Page(UI ui, Executor executor, ClassLoader loader) {}

    /** @param trouble shows why reading failed; an empty text when it works again */
    public LiveUpdates(Component view, Consumer<String> trouble) {
        this.trouble = trouble;
        view.addAttachListener(event -> attach(event.getUI()));
        view.addDetachListener(event -> detach());
    }

    @Override
    public <T> Subscription every(Duration period, Supplier<T> read, Consumer<T> show) {
        return add(new Poll<>(period, read, show));
    }

    @Override
    public <T> Subscription follow(Feed<T> feed, Batch<T> show) {
        return add(new Follow<>(feed, show));
    }

    private synchronized Subscription add(Job job) {
        jobs.add(job);
        Page here = page;
        if (here != null) {
            here.executor().execute(within(here, job::start));
        }
        return () -> remove(job);
    }

    private void remove(Job job) {
        synchronized (this) {
            jobs.remove(job);
            waiting.remove(job);
        }
        job.stop();
    }

    private synchronized void attach(UI ui) {
        Page here = new Page(
                ui,
                VaadinService.getCurrent().getExecutor(),
                Thread.currentThread().getContextClassLoader());
        page = here;
        jobs.forEach(job -> here.executor().execute(within(here, job::start)));
    }

    private void detach() {
        List<Job> running;
        synchronized (this) {
            page = null;
            waiting.clear();
            running = List.copyOf(jobs);
        }
        running.forEach(Job::stop);
    }

    /** A server's services find their names and classes through the loader of the application. */
    private static Runnable within(Page page, Runnable work) {
        return () -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(page.loader());
            try {
                work.run();
            } finally {
                thread.setContextClassLoader(before);
            }
        };
    }

    private void after(long millis, Runnable work) {
        Page here = current();
        if (here != null) {
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, here.executor())
                    .execute(within(here, work));
        }
    }

    private synchronized @Nullable Page current() {
        return page;
    }

    private synchronized boolean isLive(Job job) {
        return page != null && jobs.contains(job);
    }

    /** The job has something for the page. */
    private void offer(Job job) {
        synchronized (this) {
            if (page == null || !jobs.contains(job)) {
                return;
            }
            waiting.add(job);
            if (pushScheduled) {
                return;
            }
            pushScheduled = true;
        }
        after(1000 / PUSHES_PER_SECOND, this::push);
    }

    private void push() {
        Page here;
        synchronized (this) {
            pushScheduled = false;
            here = page;
        }
        if (here == null) {
            return;
        }
        try {
            Command show = this::showWaiting;
            var _ = here.ui().access(show);
        } catch (UIDetachedException e) {
            LOG.debug("The page went away before an update reached it.", e);
        }
    }

    private void showWaiting() {
        List<Job> ready;
        synchronized (this) {
            ready = new ArrayList<>(waiting);
            waiting.clear();
        }
        ready.forEach(Job::show);
    }

    private void failed(Job job, RuntimeException fault) {
        String sentence;
        if (fault instanceof ApiException api && api.getMessage() != null) {
            sentence = api.getMessage();
        } else {
            LOG.warn("A live update failed.", fault);
            sentence = "The server could not read this just now; it is tried again by itself.";
        }
        job.trouble(sentence);
        offer(job);
    }

    /** Something that goes on while the view is attached. */
    private interface Job {
        void start();

        void stop();

        void show();

        void trouble(String sentence);
    }

    private final class Poll<T> implements Job {
        private final Duration period;
        private final Supplier<T> read;
        private final Consumer<T> show;
        private @Nullable T newest;
        private @Nullable String sentence;
        private boolean troubled;
        private int round;

        Poll(Duration period, Supplier<T> read, Consumer<T> show) {
            this.period = period;
            this.read = read;
            this.show = show;
        }

        @Override
        public void start() {
            int mine;
            synchronized (this) {
                mine = ++round;
            }
            step(mine);
        }

        private void step(int mine) {
            if (!isLive(this) || !isCurrent(mine)) {
                return;
            }
            try {
                T value = read.get();
                synchronized (this) {
                    newest = value;
                    sentence = null;
                }
                offer(this);
            } catch (RuntimeException e) {
                failed(this, e);
            }
            after(period.toMillis(), () -> step(mine));
        }

        private synchronized boolean isCurrent(int mine) {
            return round == mine;
        }

        @Override
        public synchronized void stop() {
            round++;
        }

        @Override
        public synchronized void trouble(String text) {
            sentence = text;
        }

        @Override
        public void show() {
            T value;
            String text;
            synchronized (this) {
                value = newest;
                newest = null;
                text = sentence;
            }
            if (text != null) {
                troubled = true;
                trouble.accept(text);
                return;
            }
            if (troubled) {
                troubled = false;
                trouble.accept("");
            }
            if (value != null) {
                show.accept(value);
            }
        }
    }

    private final class Follow<T> implements Job {
        private final Feed<T> feed;
        private final Batch<T> batch;
        private final ArrayDeque<T> buffer = new ArrayDeque<>();
        private long dropped;
        private boolean open;
        private @Nullable String sentence;
        private @Nullable Subscription subscription;

        Follow(Feed<T> feed, Batch<T> batch) {
            this.feed = feed;
            this.batch = batch;
        }

        @Override
        public void start() {
            synchronized (this) {
                open = true;
            }
            Subscription opened;
            try {
                opened = feed.open(this::take);
            } catch (RuntimeException e) {
                failed(this, e);
                return;
            }
            boolean late;
            synchronized (this) {
                late = !open;
                subscription = late ? null : opened;
            }
            if (late) {
                opened.close();
            }
        }

        private void take(T item) {
            synchronized (this) {
                if (!open) {
                    return;
                }
                if (buffer.size() == MAXIMUM_BUFFERED) {
                    buffer.removeFirst();
                    dropped++;
                }
                buffer.addLast(item);
            }
            offer(this);
        }

        @Override
        public void stop() {
            Subscription closing;
            synchronized (this) {
                open = false;
                closing = subscription;
                subscription = null;
                buffer.clear();
            }
            if (closing != null) {
                closing.close();
            }
        }

        @Override
        public synchronized void trouble(String text) {
            sentence = text;
        }

        @Override
        public void show() {
            List<T> items;
            long lost;
            String text;
            synchronized (this) {
                items = List.copyOf(buffer);
                buffer.clear();
                lost = dropped;
                dropped = 0;
                text = sentence;
                sentence = null;
            }
            if (text != null) {
                trouble.accept(text);
            }
            if (!items.isEmpty()) {
                batch.show(items, lost);
            }
        }
    }
}
