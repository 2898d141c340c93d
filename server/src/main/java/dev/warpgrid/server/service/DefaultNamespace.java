package dev.warpgrid.server.service;

import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.StoredNamespace;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** A new grid has one namespace, so that nobody has to make one before the first deployment. */
@Singleton
public class DefaultNamespace {
    static final String NAME = "default";

    private final NamespaceStore namespaces;
    private final Clock clock;

    @Inject
    public DefaultNamespace(NamespaceStore namespaces, Clock clock) {
        this.namespaces = namespaces;
        this.clock = clock;
    }

    @Transactional
    public void create(@Observes @Priority(StartupOrder.NAMESPACES) DatabaseReady event) {
        if (namespaces.all().isEmpty()) {
            namespaces.insert(new StoredNamespace(NAME, clock.instant().truncatedTo(ChronoUnit.MICROS), "system"));
        }
    }
}
