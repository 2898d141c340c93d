package dev.warpgrid.server.startup;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import javax.sql.DataSource;

/** Turns what the container gives by name into beans, so that the rest takes it by constructor. */
@Singleton
@ManagedExecutorDefinition(name = "java:app/concurrent/warpgrid", virtual = true)
public class ContainerResources {
    @PersistenceContext(unitName = "warpgrid")
    private EntityManager entityManager;

    @Resource(lookup = "jdbc/warpgrid")
    private DataSource dataSource;

    @Resource(lookup = "java:app/concurrent/warpgrid")
    private ManagedExecutorService executor;

    /** Bound to the caller's transaction. */
    @Produces
    EntityManager entityManager() {
        return entityManager;
    }

    @Produces
    DataSource dataSource() {
        return dataSource;
    }

    @Produces
    @VirtualThreads
    ManagedExecutorService executor() {
        return executor;
    }

    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ServerSettings settings() {
        return ServerSettings.from(System.getenv());
    }
}
