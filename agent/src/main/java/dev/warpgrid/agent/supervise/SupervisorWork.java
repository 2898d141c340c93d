package dev.warpgrid.agent.supervise;

import dev.warpgrid.agent.guest.GuestInstance;
import dev.warpgrid.agent.guest.PreparedGuest;
import dev.warpgrid.agent.guest.UnrunnableException;
import dev.warpgrid.agent.journal.ArtifactStore;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What takes time: runs it beside the supervisor and gives each outcome back as exactly one call. */
final class SupervisorWork implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SupervisorWork.class.getName());
    /** Start functions of guests may recurse deeper than the JVM's default stack takes. */
    private static final long GUEST_STACK_BYTES = 4L << 20;

    private final ExecutorService starters;
    private final ExecutorService fetchers;

    SupervisorWork(SupervisorLimits limits) {
        this.starters = Executors.newFixedThreadPool(limits.starters(), named("guest-starter-"));
        this.fetchers = Executors.newFixedThreadPool(limits.fetches(), named("artifact-fetch-"));
    }

    private static ThreadFactory named(String prefix) {
        var count = new AtomicInteger();
        return body -> {
            var thread = new Thread(null, body, prefix + count.incrementAndGet(), GUEST_STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** A fetch that may fail for now. */
    @FunctionalInterface
    interface Fetch {
        void run() throws IOException;
    }

    void fetch(Fetch fetch, Runnable done, Consumer<String> failed) {
        run(fetchers, () -> {
            try {
                fetch.run();
            } catch (IOException | RuntimeException e) {
                failed.accept(sentence(e));
                return;
            }
            done.run();
        });
    }

    void prepare(
            Callable<Optional<PreparedGuest>> prepare,
            Consumer<PreparedGuest> done,
            Runnable missing,
            Consumer<String> unrunnable) {
        run(starters, () -> {
            Optional<PreparedGuest> prepared;
            try {
                prepared = prepare.call();
            } catch (UnrunnableException e) {
                unrunnable.accept(sentence(e));
                return;
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                LOG.log(System.Logger.Level.ERROR, "An artifact could not be prepared", e);
                unrunnable.accept("The artifact could not be prepared: " + sentence(e));
                return;
            }
            prepared.ifPresentOrElse(done, missing);
        });
    }

    void start(Supplier<GuestInstance> start, Consumer<GuestInstance> done, Consumer<String> failed) {
        run(starters, () -> {
            GuestInstance guest;
            try {
                guest = start.get();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                failed.accept(sentence(e));
                return;
            }
            done.accept(guest);
        });
    }

    void later(Runnable work) {
        run(fetchers, work);
    }

    void trim(ArtifactStore artifacts, DesiredState desired) {
        Set<Digest> needed = desired.workloads().stream()
                .map(workload -> workload.artifact())
                .collect(Collectors.toSet());
        try {
            artifacts.trim(needed::contains);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Old artifacts cannot be deleted", e);
        }
    }

    private static void run(ExecutorService executor, Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "The supervisor has ended", e);
        }
    }

    private static String sentence(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        starters.shutdownNow();
        fetchers.shutdownNow();
    }
}
