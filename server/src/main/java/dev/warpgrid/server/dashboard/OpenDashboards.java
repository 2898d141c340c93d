package dev.warpgrid.server.dashboard;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.WrappedHttpSession;
import com.vaadin.flow.server.WrappedSession;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.server.identity.BrowserSessions;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The pages that are open in browsers. A page lives from pushes and so sends no request that would be refused: this is what
 * throws it out when its user is disabled, deleted, or has another password or other roles.
 */
@Singleton
public class OpenDashboards {
    static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(OpenDashboards.class.getName());

    private final BrowserSessions sessions;
    private final Executor executor;
    private final Set<UI> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Inject
    public OpenDashboards(BrowserSessions sessions, @VirtualThreads Executor executor) {
        this.sessions = sessions;
        this.executor = executor;
    }

    void watch(ServiceInitEvent event) {
        event.getSource().addUIInitListener(init -> {
            UI ui = init.getUI();
            open.add(ui);
            ui.addDetachListener(detach -> open.remove(ui));
        });
    }

    void start(@Observes @Priority(StartupOrder.LINK) DatabaseReady event) {
        if (started.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    private void run() {
        try {
            while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                open.forEach(this::check);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(UI ui) {
        try {
            WrappedSession session =
                    ui.getSession() == null ? null : ui.getSession().getSession();
            if (session == null) {
                open.remove(ui);
            } else if (session instanceof WrappedHttpSession http && !sessions.isCurrent(http.getHttpSession())) {
                end(ui, http.getHttpSession());
            }
        } catch (ApiException e) {
            // While the database is away nobody can be looked up, and nobody can be disabled either.
            LOG.log(Level.DEBUG, "An open page could not be checked.", e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "An open page could not be checked, and is tried again.", e);
        }
    }

    /** First the browser is told where to go, then its session ends; it ends also when the browser does not listen. */
    private void end(UI ui, HttpSession session) {
        open.remove(ui);
        Command leave = () -> ui.getPage().setLocation("/login");
        try {
            ui.access(leave).get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (UIDetachedException | ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "A page could not be told that its session ends.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            session.invalidate();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The session had ended already.", e);
        }
    }
}
