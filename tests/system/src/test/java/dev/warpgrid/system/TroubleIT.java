package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guest that misbehaves: its caller hears of it in time, the log and the events say why, the neighbour notices nothing. */
@ExtendWith(SharedGrid.class)
class TroubleIT {
    private static final String HOST = "trouble.default.localhost";
    private static final String NEIGHBOUR = "hello.default.localhost";

    @BeforeAll
    static void deploy(Grid grid) {
        grid.warp(
                        "deploy",
                        Grid.root().resolve("tests/guests/c/trouble.wasm").toString(),
                        "--name",
                        "trouble",
                        "--instances",
                        "2",
                        "--memory",
                        "16MiB",
                        "--timeout",
                        "1s")
                .succeeded();
    }

    @AfterAll
    static void delete(Grid grid) {
        grid.warp("delete", "trouble").succeeded();
    }

    @ParameterizedTest
    @CsvSource({"/loop, 504", "/never, 504", "/trap, 500", "/recurse, 500", "/grow, 500"})
    void theCallerHearsOfItAndTheNeighbourDoesNot(String path, int status, Grid grid) throws Exception {
        grid.awaitAnswer(HOST, "/env", 200);
        try (Load neighbour = Load.on(grid, NEIGHBOUR, "/")) {
            long start = System.nanoTime();
            assertThat(grid.get(HOST, path).statusCode()).isEqualTo(status);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            neighbour.stop();
            assertThat(neighbour.failures()).isEmpty();
            assertThat(neighbour.answers()).isPositive();
        }
        grid.awaitAnswer(HOST, "/env", 200);
    }

    @Test
    void theLogAndTheEventsSayWhy(Grid grid) throws Exception {
        grid.awaitAnswer(HOST, "/env", 200);
        grid.get(HOST, "/trap");
        Await.until(
                "the log to tell of the trap",
                Duration.ofSeconds(20),
                () -> grid.warp("logs", "trouble", "--tail", "200").succeeded().out(),
                log -> log.contains("unreachable"));
        Await.until(
                "an event about the crash",
                Duration.ofSeconds(20),
                () -> grid.warp("events", "-o", "json").succeeded().out(),
                events -> events.contains("InstanceCrashed") && events.contains("trouble"));
    }
}
