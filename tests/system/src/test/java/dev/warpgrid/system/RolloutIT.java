package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Twenty instances change under load, in each of the three ways, and not one request fails. */
@ExtendWith(SharedGrid.class)
class RolloutIT {
    private static final String HELLO =
            Grid.root().resolve("examples/hello/hello.wasm").toString();
    private static final String TROUBLE =
            Grid.root().resolve("tests/guests/c/trouble.wasm").toString();
    private static final int INSTANCES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static String host(String name) {
        return name + ".default.localhost";
    }

    private static void deploy(Grid grid, String name, String who, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "deploy",
                HELLO,
                "--name",
                name,
                "--instances",
                Integer.toString(INSTANCES),
                "--memory",
                "8MiB",
                "--env",
                "WHO=" + who));
        command.addAll(List.of(more));
        grid.warp(command.toArray(String[]::new)).succeeded();
    }

    private static JsonObject rollout(Grid grid, String name) {
        return grid.warp("rollout", "status", name, "-o", "json").succeeded().json();
    }

    private static JsonObject awaitRollout(Grid grid, String name, String what, Callable<Boolean> reached) {
        Await.until(what, PATIENCE, () -> reached.call() ? "reached" : rollout(grid, name).toString(), "reached"::equals);
        return rollout(grid, name);
    }

    private static JsonObject awaitPhase(Grid grid, String name, String phase) {
        return awaitRollout(grid, name, name + " to be " + phase, () -> rollout(grid, name)
                .get("phase")
                .getAsString()
                .equals(phase));
    }

    /** How many of {@code requests} answers name the revision. */
    private static int answersOf(Grid grid, String name, String who, int requests) throws Exception {
        int found = 0;
        for (int i = 0; i < requests; i++) {
            found += grid.get(host(name), "/").body().contains(who) ? 1 : 0;
        }
        return found;
    }

    private static void assertNothingFailed(Load... loads) {
        for (Load load : loads) {
            load.stop();
            assertThat(load.answers()).isPositive();
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void aRollingReplacementOfTwentyInstancesLosesNoRequest(Grid grid) throws Exception {
        deploy(grid, "rolls", "azure");
        try (Load first = Load.on(grid, host("rolls"), "/");
                Load second = Load.on(grid, host("rolls"), "/")) {
            deploy(grid, "rolls", "coral", "--strategy", "rolling", "--max-surge", "25%", "--bake", "500ms");
            awaitPhase(grid, "rolls", "COMPLETED");
            assertThat(answersOf(grid, "rolls", "coral", 50)).isEqualTo(50);
            grid.warp("rollback", "rolls").succeeded();
            awaitPhase(grid, "rolls", "COMPLETED");
            Await.until(
                    "the first revision to answer alone",
                    PATIENCE,
                    () -> answersOf(grid, "rolls", "azure", 50),
                    count -> count == 50);
            assertNothingFailed(first, second);
        }
        JsonArray revisions = grid.warp("history", "rolls", "-o", "json")
                .succeeded()
                .json()
                .getAsJsonArray("items");
        assertThat(revisions).hasSize(3);
        assertThat(revisions.get(0).getAsJsonObject().get("restores").getAsInt()).isOne();
        grid.warp("delete", "rolls").succeeded();
    }

    @Test
    void aCanaryGetsItsShareAndNothingAtZeroAndLosesNoRequest(Grid grid) throws Exception {
        deploy(grid, "canary", "azure");
        try (Load first = Load.on(grid, host("canary"), "/");
                Load second = Load.on(grid, host("canary"), "/")) {
            deploy(grid, "canary", "coral", "--steps", "0,20", "--no-wait");
            awaitRollout(grid, "canary", "the first step to hold", () -> rollout(grid, "canary")
                    .get("sentence")
                    .getAsString()
                    .contains("gets 0 %"));
            assertThat(answersOf(grid, "canary", "coral", 300)).isZero();

            grid.warp("rollout", "promote", "canary").succeeded();
            awaitRollout(grid, "canary", "the second step to hold", () -> rollout(grid, "canary")
                    .get("sentence")
                    .getAsString()
                    .contains("gets 20 %"));
            // 1,000 draws at one fifth: six standard deviations are 76.
            assertThat(answersOf(grid, "canary", "coral", 1000)).isBetween(124, 276);

            grid.warp("rollout", "pause", "canary").succeeded();
            assertThat(rollout(grid, "canary").get("paused").getAsBoolean()).isTrue();
            grid.warp("rollout", "resume", "canary").succeeded();
            grid.warp("rollout", "promote", "canary", "--wholly").succeeded();
            awaitPhase(grid, "canary", "COMPLETED");
            assertThat(answersOf(grid, "canary", "coral", 100)).isEqualTo(100);
            assertNothingFailed(first, second);
        }
        assertThat(grid.warp("rollout", "abort", "canary").exitCode()).isEqualTo(4);
        grid.warp("delete", "canary").succeeded();
    }

    @Test
    void blueGreenSwitchesBackAndForthAndLosesNoRequest(Grid grid) throws Exception {
        deploy(grid, "green", "azure");
        try (Load first = Load.on(grid, host("green"), "/");
                Load second = Load.on(grid, host("green"), "/")) {
            deploy(grid, "green", "coral", "--strategy", "blue-green", "--keep", "1h", "--manual-switch", "--no-wait");
            awaitRollout(grid, "green", "the new revision to be ready", () -> rollout(grid, "green")
                    .get("sentence")
                    .getAsString()
                    .contains("waits for somebody to promote"));
            assertThat(answersOf(grid, "green", "coral", 100)).isZero();
            grid.warp("rollout", "promote", "green").succeeded();
            Await.until(
                    "all requests to go to the new revision",
                    PATIENCE,
                    () -> answersOf(grid, "green", "coral", 50),
                    count -> count == 50);
            grid.warp("rollout", "abort", "green").succeeded();
            awaitPhase(grid, "green", "ROLLED_BACK");
            assertThat(answersOf(grid, "green", "azure", 50)).isEqualTo(50);
            grid.warp("rollout", "retry", "green").succeeded();
            awaitRollout(grid, "green", "the new revision to be ready again", () -> rollout(grid, "green")
                    .get("sentence")
                    .getAsString()
                    .contains("waits for somebody to promote"));
            grid.warp("rollout", "promote", "green").succeeded();
            awaitPhase(grid, "green", "SWITCHED");
            grid.warp("rollout", "promote", "green").succeeded();
            awaitPhase(grid, "green", "COMPLETED");
            assertThat(answersOf(grid, "green", "coral", 50)).isEqualTo(50);
            assertNothingFailed(first, second);
        }
        grid.warp("delete", "green").succeeded();
    }

    @Test
    void aRevisionThatBreaksItsGateIsRolledBackByItself(Grid grid) throws Exception {
        deploy(grid, "gated", "azure");
        // The sample answers 404 here and the other component a server error.
        try (Load load = Load.on(grid, host("gated"), "/error")) {
            grid.warp(
                            "deploy",
                            TROUBLE,
                            "--name",
                            "gated",
                            "--steps",
                            "30:10m",
                            "--max-errors",
                            "5",
                            "--min-requests",
                            "10",
                            "--no-wait")
                    .succeeded();
            JsonObject ended = awaitPhase(grid, "gated", "ROLLED_BACK");
            assertThat(ended.get("cause").getAsString()).contains("error rate", "at most 5.00 %");
            load.stop();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(grid.get(host("gated"), "/error").statusCode()).isEqualTo(404);
        }
        JsonObject status = grid.warp("show", "gated", "-o", "json")
                .succeeded()
                .json()
                .getAsJsonObject("status");
        assertThat(status.get("state").getAsString()).isEqualTo("DEGRADED");
        assertThat(status.get("sentence").getAsString()).contains("was given up", "error rate");
        JsonElement events = JsonParser.parseString(
                grid.warp("events", "gated", "-o", "json").succeeded().out());
        assertThat(events.toString()).contains("RolloutFailed", "RolloutRolledBack");
        grid.warp("delete", "gated").succeeded();
    }

    @Test
    void aRevisionThatCrashesIsRolledBackByItself(Grid grid) throws Exception {
        deploy(grid, "crashing", "azure");
        try (Load load = Load.on(grid, host("crashing"), "/trap")) {
            grid.warp("deploy", TROUBLE, "--name", "crashing", "--steps", "50:10m", "--no-wait")
                    .succeeded();
            JsonObject ended = awaitPhase(grid, "crashing", "ROLLED_BACK");
            assertThat(ended.get("cause").getAsString()).contains("crashed again and again");
            load.stop();
        }
        assertThat(answersOf(grid, "crashing", "azure", 50)).isEqualTo(50);
        grid.warp("delete", "crashing").succeeded();
    }
}
