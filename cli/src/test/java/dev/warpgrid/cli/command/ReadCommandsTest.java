package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandsTest {
    private static final String HELLO = """
            {"metadata":{"name":"hello","namespace":"default","generation":3,"resourceVersion":"7","createdAt":"2026-03-01T11:00:00Z"},
             "spec":{"artifact":"sha256:00","instances":{"min":2},"environment":{"B":"2","A":"1"}},
             "status":{"state":"READY","sentence":"All 2 instances answer.","revision":3,"desiredInstances":2,"readyInstances":2,
              "restarts":1,"memoryBytes":3145728,"urls":["http://hello.default.localhost:8080/"],
              "conditions":[{"type":"Ready","state":true,"reason":"All instances answer.","since":"2026-03-01T11:00:00Z"}],
              "observedAt":"2026-03-01T12:00:00Z"},
             "addedLater":"kept"}""";
    private static final String INSTANCE = """
            {"id":"i-1","namespace":"default","deployment":"hello","revision":3,"node":"n1","state":"RUNNING","reason":"",
             "restarts":1,"memoryBytes":1572864,"reachable":true,"since":"2026-03-01T11:59:18Z"}""";

    @TempDir
    private Path home;

    private FakeGrid grid = orFail();

    private static FakeGrid orFail() {
        try {
            return FakeGrid.plain();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void layDownAnswers() {
        grid.on("GET /deployments", 200, "{\"items\":[" + HELLO + "],\"total\":1}")
                .on("GET /namespaces/default/deployments/hello", 200, HELLO)
                .on("GET /namespaces/default/instances", 200, "[" + INSTANCE + "]")
                .on("GET /instances", 200, "[" + INSTANCE + "]");
    }

    @AfterEach
    void close() {
        grid.close();
    }

    private WarpRun warp(String... arguments) {
        return WarpRun.against(grid, home, arguments);
    }

    @Test
    void listsDeploymentsInAlignedColumns() {
        WarpRun run = warp("list");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        NAMESPACE  NAME   STATE  READY  REV  RESTARTS  MEMORY  AGE  URL
                        default    hello  READY  2/2    3    1         3 MiB   60m  http://hello.default.localhost:8080/
                        """);
        assertThat(grid.requests().getFirst().header("Authorization")).isEqualTo("Bearer warp_id_secret");
    }

    @Test
    void answersJsonAsTheServerGaveIt() {
        WarpRun run = warp("list", "-o", "json");

        assertThat(JsonParser.parseString(run.out())).isEqualTo(JsonParser.parseString("[" + HELLO + "]"));
    }

    @Test
    void readsEveryPage() {
        FakeGrid paged = orFail();
        paged.on("GET /deployments", 200, "{\"items\":[" + HELLO + "],\"cursor\":\"a b\",\"total\":2}")
                .on("GET /deployments", 200, "{\"items\":[" + HELLO + "],\"total\":2}");
        try (paged) {
            WarpRun run = WarpRun.against(paged, home, "list");

            assertThat(run.out().lines()).hasSize(3);
            assertThat(paged.lines().get(1)).endsWith("cursor=a+b");
        }
    }

    @Test
    void showsIntentStateAndInstances() {
        WarpRun run = warp("show", "hello");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Name       default/hello", "State      READY  All 2 instances answer.", "Env        A=1\n")
                .contains("i-1       default/hello  3    n1    RUNNING  1         1.5 MiB  42s");
        assertThat(grid.lines()).contains("GET /namespaces/default/instances?deployment=hello");
    }

    @Test
    void endsWithThreeWhereTheNameIsUnknown() {
        WarpRun run = warp("show", "absent");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("There is no such thing here.\n");
    }

    @Test
    void writesTheProblemItselfWhereJsonIsAskedFor() {
        WarpRun run = warp("show", "absent", "-o", "json");

        assertThat(JsonParser.parseString(run.err())
                        .getAsJsonObject()
                        .get("code")
                        .getAsString())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void encodesNamesInPaths() {
        warp("show", "a/b c");

        assertThat(grid.lines()).first().isEqualTo("GET /namespaces/default/deployments/a%2Fb%20c");
    }

    @Test
    void statusEndsWithFailureWhereTheGridIsNotWell() {
        grid.on("GET /status", 200, """
                {"healthy":false,"sentence":"One node is lost.","notReady":["Node n2 has not been heard of for 40 s."],
                 "serverVersion":"1.0","nodes":2,"readyNodes":1,"observedAt":"2026-03-01T12:00:00Z"}""");

        WarpRun run = warp("status");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("One node is lost.", "Node n2 has not been heard of", "1 of 2 ready");
    }

    @Test
    void eventsFoldAndNameWhatTheyAreAbout() {
        grid.on("GET /events", 200, """
                [{"id":1,"at":"2026-03-01T11:58:00Z","severity":"WARNING","reason":"InstanceCrashed","message":"It\\u001b[31m trapped.",
                  "namespace":"default","deployment":"hello","count":4}]""");

        WarpRun run = warp("events", "hello", "--limit", "5");

        assertThat(run.out()).contains("2m   WARNING   InstanceCrashed  default/hello  It [31m trapped. (4 times)");
        assertThat(grid.lines().getFirst()).isEqualTo("GET /events?limit=5&namespace=default&deployment=hello");
    }

    @Test
    void metricsShowPresentMeanAndPeak() {
        grid.on("GET /namespaces/default/deployments/hello/metrics", 200, """
                {"step":"PT1S","points":[
                 {"at":"2026-03-01T11:59:59Z","requestsPerSecond":300,"p50Millis":1.25,"memoryBytes":1048576,"instances":1},
                 {"at":"2026-03-01T12:00:00Z","requestsPerSecond":100,"p50Millis":0.75,"memoryBytes":1048576,"instances":1}]}""");

        WarpRun run = warp("metrics", "hello", "--last", "1m");

        assertThat(run.out()).contains("requests/s   100   200   300   █▃", "p50 ms       0.75  1.00  1.25");
        assertThat(grid.lines()).containsExactly("GET /namespaces/default/deployments/hello/metrics?seconds=60");
    }

    @Test
    void saysWhatToDoWhereNoGridAnswers() {
        grid.close();

        WarpRun run = warp("list");

        assertThat(run.status()).isEqualTo(6);
        assertThat(run.err()).startsWith("No grid answers at " + grid.address()).contains("warp up");
    }

    @Test
    void refusesAnAnswerThatIsNotTheContracts() {
        grid.on("GET /nodes", 200, "[{\"state\":17,\"labels\":[]}]");

        WarpRun run = warp("nodes");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("does not read as NodeView", "\"id\" is missing");
    }
}
