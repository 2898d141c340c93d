package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployCommandTest {
    private static final byte[] COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
    private static final String PATH = "/namespaces/default/deployments/app";
    private static final String ARTIFACTS = "/namespaces/default/artifacts";

    @TempDir
    private Path home;

    private FakeGrid grid = orFail();
    private Path file = Path.of("");
    private String digest = "";
    private String artifact = "";

    private static FakeGrid orFail() {
        try {
            return FakeGrid.plain();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void layDownAnswers() throws Exception {
        file = Files.write(home.resolve("app.wasm"), COMPONENT);
        digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(COMPONENT));
        artifact = "{\"digest\":\"" + digest
                + "\",\"namespace\":\"default\",\"sizeBytes\":8,\"imports\":[],\"exports\":[],"
                + "\"uploadedAt\":\"2026-03-01T12:00:00Z\",\"uploadedBy\":\"admin\"}";
        grid.on("POST " + ARTIFACTS, 201, artifact);
        grid.on(
                "PUT " + PATH,
                200,
                "{\"outcome\":\"CREATED\",\"deployment\":" + deployment("PROGRESSING", 0) + ",\"changes\":[]}");
    }

    @AfterEach
    void close() {
        grid.close();
    }

    private String deployment(String state, int ready) {
        return """
                {"metadata":{"name":"app","namespace":"default","generation":4,"resourceVersion":"v9"},
                 "spec":{"artifact":"%s","instances":{"min":3},"resources":{"memory":"32MiB","timeout":"5s"},"environment":{"A":"1","B":"2"}},
                 "status":{"state":"%s","sentence":"%d of 3 instances answer.","revision":4,"desiredInstances":3,"readyInstances":%d,
                  "urls":["http://app.default.localhost:8080/"],"conditions":[],"observedAt":"2026-03-01T12:00:00Z"}}""".formatted(digest, state, ready, ready);
    }

    private WarpRun deploy(String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("deploy", file.toString()));
        arguments.addAll(List.of(options));
        return WarpRun.against(grid, home, arguments.toArray(String[]::new));
    }

    private JsonObject sent() {
        return JsonParser.parseString(grid.only("PUT").text()).getAsJsonObject();
    }

    @Test
    void uploadsAppliesWaitsAndAnswersWithTheUrl() {
        grid.on("GET " + PATH, 404, "{\"detail\":\"There is none.\"}")
                .on("GET " + PATH, 200, deployment("PROGRESSING", 1))
                .on("GET " + PATH, 200, deployment("READY", 3));

        WarpRun run = deploy("--instances", "3", "--env", "K=a=b", "--host", "x.test", "--path", "/v1");

        assertThat(run.err()).contains("1 of 3 instances answer.", "Ready: 3 instances of revision 4.");
        assertThat(run.out()).isEqualTo("http://app.default.localhost:8080/\n");
        assertThat(run.status()).isZero();
        assertThat(grid.only("POST").bytes()).isEqualTo(new String(COMPONENT, StandardCharsets.ISO_8859_1));
        assertThat(grid.only("POST").header("Content-Type")).isEqualTo("application/wasm");
        assertThat(grid.only("PUT").header("If-None-Match")).isEqualTo("*");
        assertThat(sent())
                .hasToString(
                        "{\"metadata\":{\"name\":\"app\",\"namespace\":\"default\"},\"spec\":{\"artifact\":\"" + digest
                                + "\",\"trigger\":{\"http\":{\"hosts\":[\"x.test\"],\"paths\":[\"/v1\"]}},\"instances\":{\"min\":3},"
                                + "\"resources\":{},\"environment\":{\"K\":\"a=b\"}}}");
    }

    @Test
    void sendsNoBytesThatTheGridHas() {
        grid.on("GET " + ARTIFACTS + "/" + digest.replace(":", "%3A"), 200, artifact)
                .on("GET " + PATH, 200, deployment("READY", 3));

        WarpRun run = deploy();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(grid.lines()).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void keepsWhatIsNotNamed() {
        grid.on("GET " + PATH, 200, deployment("READY", 3));

        deploy("--timeout", "9s", "--env", "A=new", "--unset-env", "B", "--no-wait");

        JsonObject spec = sent().getAsJsonObject("spec");
        assertThat(grid.only("PUT").header("If-Match")).isEqualTo("\"v9\"");
        assertThat(spec.get("instances")).hasToString("{\"min\":3}");
        assertThat(spec.get("resources")).hasToString("{\"memory\":\"32MiB\",\"timeout\":\"9s\"}");
        assertThat(spec.get("environment")).hasToString("{\"A\":\"new\"}");
    }

    @Test
    void saysWhatIsMissingWhenItIsNotReadyInTime() {
        grid.on("GET " + PATH, 200, deployment("DEGRADED", 2));

        WarpRun run = deploy("--wait-timeout", "10ms");

        assertThat(run.status()).isEqualTo(7);
        assertThat(run.err()).contains("not ready after", "2 of 3 instances answer.", "warp logs app");
    }

    private String takingOver(String state) {
        return deployment(state, 3)
                .replace(
                        "\"conditions\":[]",
                        "\"conditions\":[{\"type\":\"UpToDate\",\"state\":false,\"reason\":\"Not yet.\","
                                + "\"since\":\"2026-03-01T12:00:00Z\"}]");
    }

    private static String rollout(String phase, String actions) {
        return """
                {"namespace":"default","deployment":"app","number":2,"strategy":"canary","phase":"%s","sentence":"Step 1.",
                 "cause":"","paused":false,"steps":[],"wantedInstances":3,
                 "target":{"revision":4,"instances":1,"readyInstances":1,"weightPercent":10,"requests":0,
                 "requestsPerSecond":0,"errorPercent":0,"p99Millis":0},
                 "gates":[],"actions":[%s],"deadline":"5m","startedAt":"2026-03-01T12:00:00Z"}""".formatted(phase, actions);
    }

    @Test
    void endsWithSevenAtOnceWhereTheRevisionWasRolledBack() {
        grid.on("GET " + PATH, 200, takingOver("DEGRADED"))
                .on("GET " + PATH + "/rollout", 200, rollout("ROLLED_BACK", "\"RETRY\""));

        WarpRun run = deploy();

        assertThat(run.status()).isEqualTo(7);
        assertThat(run.err()).contains("was rolled back");
    }

    @Test
    void waitsForTheNewInstancesOfACanaryAndNotForItsSteps() {
        grid.on("GET " + PATH, 200, takingOver("PROGRESSING"))
                .on("GET " + PATH + "/rollout", 200, rollout("CANARY", "\"PAUSE\",\"PROMOTE\",\"ABORT\""));

        WarpRun run = deploy();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("warp rollout status app --wait");
    }

    @Test
    void writesHowARevisionTakesOver() {
        grid.on("GET " + PATH, 200, deployment("READY", 3));

        deploy("--steps", "10:5m,50", "--max-errors", "1", "--no-wait");

        assertThat(sent().getAsJsonObject("spec").get("rollout"))
                .hasToString("{\"strategy\":\"canary\",\"canary\":{\"steps\":[{\"weight\":10,\"pause\":\"5m\"},"
                        + "{\"weight\":50}]},\"gates\":{\"maxErrorPercent\":1.0}}");
        assertThat(deploy("--steps", "ten").err()).contains("has no weight");
    }

    @Test
    void showsTheDifferenceAndChangesNothing() {
        FakeGrid planning = orFail();
        planning.on("GET " + PATH, 200, deployment("READY", 3))
                .on("POST " + ARTIFACTS, 201, artifact)
                .on(
                        "PUT " + PATH,
                        200,
                        "{\"outcome\":\"UPDATED\",\"deployment\":" + deployment("READY", 3)
                                + ",\"changes\":[{\"pointer\":\"/spec/instances/min\",\"before\":\"3\",\"after\":\"4\"}]}");
        try (planning) {
            WarpRun run = WarpRun.against(planning, home, "deploy", file.toString(), "--instances", "4", "--dry-run");

            assertThat(run.out()).isEqualTo("default/app would be updated.\n  /spec/instances/min: 3 -> 4\n");
            assertThat(planning.only("PUT").line()).endsWith("?dryRun=true");
        }
    }

    @Test
    void tellsEveryBrokenField() {
        grid.on("GET " + PATH, 404, "{}");
        FakeGrid refusing = orFail();
        refusing.on("POST " + ARTIFACTS, 201, artifact).on("PUT " + PATH, 400, """
                        {"detail":"Memory is too small.","code":"INVALID_REQUEST","errors":[
                         {"pointer":"/spec/resources/memory","message":"Memory is too small."},
                         {"pointer":"/spec/instances/min","message":"Too many."}]}""");
        try (refusing) {
            WarpRun run = WarpRun.against(refusing, home, "deploy", file.toString());

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("Memory is too small.\n", "  /spec/instances/min: Too many.\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',is not WebAssembly",
        "00 61 73 6d 01 00 00 00,is a core module",
        "00 61 73 6d 0c 00 01 00,another format version",
        "00 61 73 6d 0d,ends within its first 8 bytes",
        "28 6d 6f 64,is WebAssembly text",
        "7f 45 4c 46 01 00 00 00,is not WebAssembly"
    })
    void refusesWhatIsNoComponentBeforeItAsksTheGrid(String hex, String reason) throws IOException {
        Files.write(file, HexFormat.of().parseHex(hex.replace(" ", "")));

        WarpRun run = deploy();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(reason);
        assertThat(grid.requests()).isEmpty();
    }

    @Test
    void refusesAFileThatIsNotThere() {
        WarpRun run =
                WarpRun.against(grid, home, "deploy", home.resolve("none.wasm").toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).startsWith("There is no file");
    }

    @Test
    void refusesNamesAndSizesThatNoGridWouldTake() {
        assertThat(deploy("--name", "Not_A_Label").status()).isEqualTo(2);
        assertThat(deploy("--memory", "much").err()).contains("\"much\" is no size");
        assertThat(deploy("--env", "NOVALUE").err()).contains("KEY=VALUE");
    }
}
