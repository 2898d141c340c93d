package dev.warpgrid.server.startup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when all parts are up and the database answers. */
@Readiness
@Singleton
public class DatabaseHealth implements HealthCheck {
    private final Database database;

    @Inject
    public DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        if (!database.isStarted()) {
            return HealthCheckResponse.named("database")
                    .down()
                    .withData("reason", database.problem())
                    .build();
        }
        if (!database.answers()) {
            return HealthCheckResponse.named("database")
                    .down()
                    .withData("reason", "PostgreSQL does not answer: check that it runs.")
                    .build();
        }
        return HealthCheckResponse.named("database").up().build();
    }
}
