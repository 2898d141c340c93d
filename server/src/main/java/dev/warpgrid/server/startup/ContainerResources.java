package dev.warpgrid.server.startup;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** Turns what the container gives by name into beans, so that the rest takes it by constructor. The container makes the EntityManager one itself. */
@Singleton
@ManagedExecutorDefinition(name = "java:app/concurrent/warpgrid", virtual = true)
public class ContainerResources {
    @Resource(lookup = "jdbc/warpgrid")
    private DataSource dataSource;

    @Resource(lookup = "java:app/concurrent/warpgrid")
    private ManagedExecutorService executor;

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
