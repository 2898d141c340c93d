package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Three nodes: each answers for all, and an update through one that does not run the service loses no request. */
class MeshIT {
    private static final String HELLO =
            Grid.root().resolve("examples/hello/hello.wasm").toString();
    private static final int DEPLOYMENTS = 6;
    private static final Duration SECONDS = Duration.ofSeconds(60);

    @Test
    void everyNodeServesEveryHostThroughAnUpdate() throws Exception {
        Grid grid = new Grid(Files.createTempDirectory("warpgrid-mesh"));
        grid.up("--no-sample");
        try (ExtraNode beta = ExtraNode.start(grid, "beta");
                ExtraNode gamma = ExtraNode.start(grid, "gamma")) {
            for (int i = 0; i < DEPLOYMENTS; i++) {
                grid.warp("deploy", HELLO, "--name", "app-" + i, "--env", "WHO=app-" + i)
                        .succeeded();
            }
            everyIngressAnswersForEveryDeployment(grid, beta, gamma);
            anUpdateThroughANodeThatDoesNotRunItLosesNothing(grid, beta, gamma);
        } finally {
            grid.close();
        }
    }

    private static void everyIngressAnswersForEveryDeployment(Grid grid, ExtraNode beta, ExtraNode gamma) {
        for (int port : List.of(grid.ingressPort(), beta.ingressPort(), gamma.ingressPort())) {
            for (int i = 0; i < DEPLOYMENTS; i++) {
                String name = "app-" + i;
                Await.until(
                        name + " at port " + port,
                        SECONDS,
                        () -> grid.getAt(port, host(name), "/", SECONDS),
                        answer -> answer.statusCode() == 200 && answer.body().contains(name));
            }
        }
        assertThat(placements(grid).values()).contains("beta", "gamma");
    }

    private static void anUpdateThroughANodeThatDoesNotRunItLosesNothing(Grid grid, ExtraNode beta, ExtraNode gamma) {
        String name = on(grid, "beta");
        try (Load load = Load.on(grid, gamma.ingressPort(), host(name), "/")) {
            Await.until("load", SECONDS, load::answers, answers -> answers > 100);
            grid.warp("deploy", HELLO, "--name", name, "--env", "WHO=second").succeeded();
            Await.until(
                    "the second revision of " + name,
                    SECONDS,
                    () -> grid.getAt(gamma.ingressPort(), host(name), "/", SECONDS),
                    answer -> answer.body().contains("second"));
            long then = load.answers();
            Await.until("load after it", SECONDS, load::answers, answers -> answers > then + 100);
            load.stop();
            assertThat(load.failures()).isEmpty();
        }
        assertThat(beta.name()).isEqualTo("beta");
    }

    private static String host(String deployment) {
        return deployment + ".default.localhost";
    }

    private static String on(Grid grid, String node) {
        return placements(grid).entrySet().stream()
                .filter(placed -> placed.getValue().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing runs on " + node + ": " + placements(grid)))
                .getKey();
    }

    /** The node of each deployment whose one instance answers. */
    private static SortedMap<String, String> placements(Grid grid) {
        SortedMap<String, String> nodes = new TreeMap<>();
        String instances = grid.warp("instances", "-o", "json").succeeded().out();
        for (JsonElement element : JsonParser.parseString(instances).getAsJsonArray()) {
            JsonObject instance = element.getAsJsonObject();
            if (instance.get("state").getAsString().equals("RUNNING")) {
                nodes.put(
                        instance.get("deployment").getAsString(),
                        instance.get("node").getAsString());
            }
        }
        return nodes;
    }
}
