package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import org.junit.jupiter.api.Test;

class StartIT {
    @Test
    void becomesReadyOnAnEmptyDatabaseAndSurvivesItsLoss() {
        try (TestPostgres postgres = TestPostgres.start()) {
            String database = postgres.newDatabase();
            postgres.pause();
            try (TestServer server = TestServer.start(postgres, database)) {
                server.awaitHealth(503);
                postgres.resume();
                server.awaitReady();
                postgres.pause();
                server.awaitHealth(503);
                postgres.resume();
                server.awaitReady();
                assertThat(server.log()).contains("WarpGrid is up.").doesNotContain("Exception in thread", "[ERROR");
            }
        }
    }
}
