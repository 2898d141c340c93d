package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, who did what, and how much: roles, service accounts, the audit trail, quotas. */
class AccessCommandsTest {
    private static final String HASH = "ab".repeat(32);
    private static final String ENTRY =
            "{\"id\":7,\"at\":\"2026-03-01T11:58:00Z\",\"actor\":\"eve\",\"actorKind\":\"USER\",\"origin\":\"192.0.2.7\","
                    + "\"action\":\"deployment.apply\",\"namespace\":\"shop\",\"resource\":\"till\",\"outcome\":\"%s\","
                    + "\"detail\":\"%s\",\"previousHash\":\"00\",\"hash\":\"" + HASH + "\"}";

    @TempDir
    private Path home;

    private final FakeGrid grid;

    AccessCommandsTest() throws IOException {
        grid = FakeGrid.plain();
    }

    @AfterEach
    void close() {
        grid.close();
    }

    private WarpRun warp(String... arguments) {
        return WarpRun.against(grid, home, arguments);
    }

    @Test
    void saysWhoOneIsAndWhatOneHoldsWhere() {
        grid.on(
                "GET /whoami",
                200,
                "{\"name\":\"shop/ci\",\"kind\":\"SERVICE_ACCOUNT\",\"roles\":[\"developer in shop\"],"
                        + "\"permissions\":{\"*\":[\"node:read\"],\"shop\":[\"log:read\",\"deployment:read\"]}}");
        assertThat(warp("auth", "whoami").out()).isEqualTo("""
                        You are shop/ci (service account).
                        Roles: developer in shop
                        WHERE      PERMISSIONS
                        grid-wide  node:read
                        shop       log:read, deployment:read
                        """);
    }

    @Test
    void aDeniedQuestionEndsWithFive() {
        grid.on(
                        "GET /can-i",
                        200,
                        "{\"allowed\":true,\"permission\":\"deployment:write\",\"namespace\":\"shop\",\"reason\":\"Held.\"}")
                .on("GET /can-i", 200, "{\"allowed\":false,\"permission\":\"node:write\",\"reason\":\"Not held.\"}");
        WarpRun yes = warp("auth", "can-i", "write", "deployment", "-n", "shop");
        assertThat(yes.out()).isEqualTo("yes: Held.\n");
        assertThat(yes.status()).isZero();
        WarpRun no = warp("auth", "can-i", "write", "node");
        assertThat(no.out()).isEqualTo("no: Not held.\n");
        assertThat(no.status()).isEqualTo(5);
        assertThat(grid.lines())
                .containsExactly(
                        "GET /can-i?permission=deployment%3Awrite&namespace=shop",
                        "GET /can-i?permission=node%3Awrite");
    }

    @Test
    void bindsARoleToExactlyOneSubjectInExactlyOnePlace() {
        grid.on(
                "POST /role-bindings",
                201,
                "{\"id\":\"b-1\",\"role\":\"viewer\",\"subject\":{\"kind\":\"GROUP\",\"name\":\"staff\"},"
                        + "\"createdAt\":\"2026-03-01T11:00:00Z\",\"createdBy\":\"admin\"}");
        assertThat(warp("role", "bind", "viewer", "--group", "staff", "--grid-wide")
                        .out())
                .isEqualTo("The group staff holds viewer grid-wide.\n");
        assertThat(JsonParser.parseString(grid.only("POST").text()))
                .isEqualTo(JsonParser.parseString(
                        "{\"role\":\"viewer\",\"subject\":{\"kind\":\"GROUP\",\"name\":\"staff\"}}"));
        assertThat(warp("role", "bind", "viewer", "--group", "staff").status()).isEqualTo(2);
        assertThat(warp("role", "bind", "viewer", "--user", "a", "--group", "b", "-n", "shop")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void aServiceAccountsTokenIsTheOnlyThingOnStandardOutput() {
        grid.on(
                "POST /namespaces/shop/service-accounts/ci/tokens",
                201,
                "{\"id\":\"2\",\"name\":\"build\",\"owner\":\"shop/ci\",\"createdAt\":\"2026-03-01T12:00:00Z\",\"secret\":\"warp_2_s\"}");
        WarpRun run = warp(
                "service-account",
                "create-token",
                "-n",
                "shop",
                "ci",
                "build",
                "--valid-for",
                "1h",
                "--permission",
                "log:read");
        assertThat(run.out()).isEqualTo("warp_2_s\n");
        assertThat(run.err()).contains("warp service-account revoke-token -n shop ci 2");
        assertThat(grid.only("POST").text())
                .isEqualTo("{\"name\":\"build\",\"permissions\":[\"log:read\"],\"validFor\":\"PT1H\"}");
    }

    @Test
    void listsTheTrailWithRefusalsAndTheirReasons() {
        grid.on("GET /audit", 200, "[" + ENTRY.formatted("REFUSED", "PERMISSION_DENIED: no.") + "]");
        assertThat(warp("audit", "--actor", "eve", "--refused").out()).isEqualTo("""
                        ID  AGE  ACTOR  ACTION            NAMESPACE  RESOURCE  OUTCOME                          FROM
                        7   2m   eve    deployment.apply  shop       till      refused: PERMISSION_DENIED: no.  192.0.2.7
                        """);
        assertThat(grid.lines()).containsExactly("GET /audit?limit=50&actor=eve&outcome=REFUSED");
    }

    @Test
    void verifyingFailsWhereTheTrailIsBrokenOrItsNotedEndIsGone() {
        String verified = "{\"intact\":%s,\"checked\":7,\"firstId\":1,\"lastId\":7,\"lastHash\":\"" + HASH
                + "\",\"sentence\":\"Read.\"}";
        grid.on("GET /audit/verify", 200, verified.formatted("true"));
        grid.on("GET /audit", 200, "[" + ENTRY.formatted("DONE", "") + "]");
        assertThat(warp("audit", "verify").status()).isZero();
        assertThat(warp("audit", "verify", "--expect", "7:" + HASH).status()).isZero();
        assertThat(warp("audit", "verify", "--expect", "7:other").status()).isEqualTo(1);
        assertThat(warp("audit", "verify", "--expect", "8:" + HASH).out()).contains("cut off");
        assertThat(warp("audit", "verify", "--expect", "seven").status()).isEqualTo(2);
        try (FakeGrid broken = orFail()) {
            broken.on("GET /audit/verify", 200, verified.formatted("false"));
            assertThat(WarpRun.against(broken, home, "audit", "verify").status())
                    .isEqualTo(1);
        }
    }

    private static FakeGrid orFail() {
        try {
            return FakeGrid.plain();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anExportWithoutItsEndIsAFailure() {
        String entry = "{\"entry\":" + ENTRY.formatted("DONE", "") + "}\n";
        grid.on("GET /audit/export", 200, "application/x-ndjson", entry + "\n" + entry + "{\"end\":{}}\n")
                .on("GET /audit/export", 200, "application/x-ndjson", entry);
        WarpRun whole = warp("audit", "export");
        assertThat(whole.status()).as(whole.err()).isZero();
        assertThat(whole.out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(JsonParser.parseString(line)
                                .getAsJsonObject()
                                .get("id")
                                .getAsInt())
                        .isEqualTo(7));
        WarpRun broken = warp("audit", "export", "-n", "shop");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("broke off");
    }

    @Test
    void showsWhatIsHeldOfWhatMayBe() {
        String usage =
                "{\"namespace\":\"shop\",\"quota\":{\"memory\":\"1GiB\",\"instances\":4},\"memoryBytes\":67108864,"
                        + "\"instances\":1,\"deployments\":1,\"artifactBytes\":0}";
        grid.on("GET /usage", 200, "[" + usage + "]").on("PUT /namespaces/shop/quota", 200, usage);
        String table = """
                NAMESPACE  MEMORY          INSTANCES  DEPLOYMENTS  ARTIFACTS
                shop       64 MiB of 1GiB  1 of 4     1            0 B
                """;
        assertThat(warp("namespaces", "usage").out()).isEqualTo(table);
        assertThat(warp("namespaces", "quota", "shop", "--memory", "1GiB", "--instances", "4")
                        .out())
                .isEqualTo(table);
        assertThat(grid.only("PUT").text()).isEqualTo("{\"memory\":\"1GiB\",\"instances\":4}");
    }
}
