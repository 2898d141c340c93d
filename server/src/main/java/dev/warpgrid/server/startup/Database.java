package dev.warpgrid.server.startup;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the database up to date, as often as it takes, and then lets the parts that need it start. */
@Singleton
public class Database {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int PROBE_TIMEOUT_SECONDS = 2;

    private final DataSource dataSource;
    private final ManagedExecutorService executor;
    private final Event<DatabaseReady> ready;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile boolean started;
    private volatile String problem = "The database has not been reached yet.";

    @Inject
    public Database(
            DataSource dataSource, @VirtualThreads ManagedExecutorService executor, Event<DatabaseReady> ready) {
        this.dataSource = dataSource;
        this.executor = executor;
        this.ready = ready;
    }

    void start(@Observes @Priority(StartupOrder.DATABASE) Startup event) {
        if (!attempt()) {
            executor.execute(this::retry);
        }
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    /** All parts are up. */
    public boolean isStarted() {
        return started;
    }

    /** Why the server is not up, in a sentence with the remedy; meaningless once it is. */
    public String problem() {
        return problem;
    }

    /** Whether the database answers at this moment. */
    public boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(PROBE_TIMEOUT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private void retry() {
        try {
            while (!stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (attempt()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        // Asked first, because Flyway and the pool together try for ten seconds before they give up.
        try (Connection connection = dataSource.getConnection()) {
            connection.isValid(PROBE_TIMEOUT_SECONDS);
        } catch (SQLException e) {
            report("PostgreSQL cannot be reached: check that it runs and lets the server in", e);
            return false;
        }
        try {
            int migrations = Flyway.configure(Database.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .callbackLocations(new String[0])
                    .load()
                    .migrate()
                    .migrationsExecuted;
            LOG.log(Level.INFO, "The database is up to date ({0} migrations ran).", migrations);
        } catch (RuntimeException e) {
            report(
                    "The database could not be brought up to date: check that PostgreSQL runs and lets the server in",
                    e);
            return false;
        }
        try {
            ready.fire(new DatabaseReady());
        } catch (RuntimeException e) {
            report("The server's parts could not be started", e);
            return false;
        }
        started = true;
        LOG.log(Level.INFO, "WarpGrid is up.");
        return true;
    }

    private void report(String what, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String sentence = what + " (" + root.getMessage() + ").";
        if (!sentence.equals(problem)) {
            LOG.log(Level.WARNING, sentence + " Trying again every " + RETRY.toSeconds() + " s.");
            LOG.log(Level.DEBUG, what, cause);
        }
        problem = sentence;
    }
}
