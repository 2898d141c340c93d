package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.vaadin.flow.router.Route;
import dev.warpgrid.server.testing.ApiClient;
import dev.warpgrid.server.testing.ApiClient.Answer;
import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Role by operation by namespace, over every operation of the OpenAPI document. What a role permits is written down here
 * once more, by hand, so that a slip in the code shows; an operation of the document without a row here fails.
 */
class PermissionMatrixIT {
    private static final String OWN = "own";
    private static final String FOREIGN = "foreign";
    private static final String ABSENT = "absent";
    private static final String PASSWORD = "correct horse battery";
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private static final Set<String> VIEWER = Set.of(
            "namespace:read",
            "deployment:read",
            "instance:read",
            "log:read",
            "metric:read",
            "artifact:read",
            "event:read",
            "node:read",
            "role:read");
    private static final Set<String> DEVELOPER =
            with(VIEWER, "deployment:write", "deployment:delete", "instance:restart", "artifact:write");
    private static final Set<String> OPERATOR =
            with(VIEWER, "deployment:write", "instance:restart", "node:write", "join-token:write", "audit:read");
    private static final Set<String> NAMESPACE_ADMIN = with(
            DEVELOPER,
            "role-binding:read",
            "role-binding:write",
            "service-account:read",
            "service-account:write",
            "audit:read");
    private static final Set<String> GRID_ADMIN = with(
            NAMESPACE_ADMIN,
            "namespace:write",
            "node:write",
            "join-token:write",
            "user:read",
            "user:write",
            "role:write");
    private static final Map<String, Set<String>> ROLES = new TreeMap<>(Map.of(
            "viewer", VIEWER,
            "developer", DEVELOPER,
            "operator", OPERATOR,
            "namespace-admin", NAMESPACE_ADMIN,
            "grid-admin", GRID_ADMIN));

    /** Held for the grid as a whole or not at all. */
    private static final Set<String> FOR_THE_GRID = Set.of(
            "namespace:write", "node:read", "node:write", "join-token:write", "user:read", "user:write", "role:write");

    private static final Set<String> PAGES = Set.of(
            "/",
            "/deployments",
            "/deployments/:namespace/:name",
            "/nodes/:id?",
            "/logs",
            "/events",
            "/access",
            "/audit");

    private static final String APPLY = "{\"metadata\":{\"name\":\"none\"},\"spec\":{\"artifact\":\"" + DIGEST + "\"}}";

    /**
     * One for each operation, with the body it takes ({@code -} for none). Every call is refused or empty at last, for
     * reasons other than permission, so that all of them can be made by everybody.
     */
    private static final Map<String, String> ROWS = rows();

    private static Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        for (String operation : List.of(
                "listAllDeployments",
                "listEvents",
                "listAllInstances",
                "getMetrics",
                "listNamespaces",
                "getNamespace",
                "deleteNamespace",
                "listArtifacts",
                "getArtifact",
                "deleteArtifact",
                "listDeployments",
                "getDeployment",
                "deleteDeployment",
                "getDeploymentLogs",
                "getDeploymentMetrics",
                "restartDeployment",
                "listInstances",
                "getInstance",
                "listNodes",
                "getNode",
                "deleteNode",
                "getStatus",
                "listTokens",
                "revokeToken",
                "whoAmI",
                "canI",
                "listUsers",
                "getUser",
                "deleteUser",
                "listRoles",
                "deleteRole",
                "listRoleBindings",
                "deleteRoleBinding",
                "listServiceAccounts",
                "deleteServiceAccount",
                "listServiceAccountTokens",
                "revokeServiceAccountToken",
                "listAudit",
                "exportAudit",
                "verifyAudit",
                "listUsage",
                "getUsage",
                "createNamespace",
                "getRollout",
                "listRollouts",
                "listRevisions",
                "pauseRollout",
                "resumeRollout",
                "promoteRollout",
                "abortRollout",
                "retryRollout",
                "uploadArtifact")) {
            rows.put(operation, "-");
        }
        rows.put("login", "{\"user\":\"\",\"password\":\"\"}");
        rows.put("createJoinToken", "{\"validFor\":\"1s\"}");
        rows.put("applyDeployment", APPLY);
        rows.put("scaleDeployment", "{\"instances\":0}");
        rows.put("createToken", "{\"name\":\"\"}");
        rows.put("changeOwnPassword", "{\"present\":\"\",\"next\":\"short\"}");
        rows.put("createUser", "{\"name\":\"Not A Name\",\"roles\":[]}");
        rows.put("updateUser", "{}");
        rows.put("resetUserPassword", "{}");
        rows.put("putRole", "{\"permissions\":[\"no:such\"]}");
        rows.put(
                "createRoleBinding",
                "{\"role\":\"no-such\",\"subject\":{\"kind\":\"GROUP\",\"name\":\"g\"},\"namespace\":\"{namespace}\"}");
        rows.put("createServiceAccount", "{\"name\":\"Not A Name\"}");
        rows.put("createServiceAccountToken", "{\"name\":\"t\"}");
        rows.put("rollbackDeployment", "{}");
        rows.put("setQuota", "{\"instances\":-1}");
        return rows;
    }

    /** Somebody who asks, and what the role gives them where. */
    private record Asker(String name, Set<String> everywhere, Set<String> own, ApiClient client) {
        boolean holds(String permission, String namespace) {
            return everywhere.contains(permission) || (namespace.equals(OWN) && own.contains(permission));
        }

        boolean knows(String namespace) {
            return everywhere.stream().anyMatch(permission -> !FOR_THE_GRID.contains(permission))
                    || (namespace.equals(OWN) && !own.isEmpty());
        }
    }

    /** An operation as the document describes it. */
    private record Operation(String id, String method, String path, List<String> permissions) {}

    private static @Nullable TestPostgres postgres;
    private static @Nullable TestServer server;
    private static @Nullable ApiClient admin;
    private static final List<Asker> ASKERS = new ArrayList<>();

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        server = TestServer.start(postgres, postgres.newDatabase()).awaitReady();
        ApiClient first = ApiClient.admin(server);
        admin = first;
        first.put("/api/v1/namespaces/" + OWN, "").is(200);
        first.put("/api/v1/namespaces/" + FOREIGN, "").is(200);
        ASKERS.add(asker(first, "nobody", "", "", Set.of()));
        ROLES.forEach((role, permissions) -> {
            ASKERS.add(asker(first, role + "-of-own", role, OWN, permissions));
            ASKERS.add(asker(first, role + "-of-all", role, "", permissions));
        });
    }

    private static Asker asker(ApiClient by, String name, String role, String namespace, Set<String> permissions) {
        by.post("/api/v1/users", "{\"name\":\"" + name + "\",\"roles\":[],\"password\":\"" + PASSWORD + "\"}")
                .is(201);
        if (!role.isEmpty()) {
            by.post(
                            "/api/v1/role-bindings",
                            "{\"role\":\"" + role + "\",\"subject\":{\"kind\":\"USER\",\"name\":\"" + name + "\"}"
                                    + (namespace.isEmpty() ? "" : ",\"namespace\":\"" + namespace + "\"") + "}")
                    .is(201);
        }
        ApiClient anonymous = ApiClient.anonymous(Optional.ofNullable(server).orElseThrow());
        String token = anonymous
                .post("/api/v1/login", "{\"user\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")
                .is(201)
                .json()
                .path("secret")
                .asString("");
        Set<String> inOwn = new java.util.TreeSet<>(permissions);
        inOwn.removeAll(FOR_THE_GRID);
        return new Asker(
                name,
                namespace.isEmpty() ? permissions : Set.of(),
                namespace.isEmpty() ? Set.of() : inOwn,
                anonymous.with("Authorization", "Bearer " + token));
    }

    @AfterAll
    static void stop() throws Exception {
        ASKERS.forEach(asker -> asker.client().close());
        for (AutoCloseable part :
                Stream.of(admin, server, postgres).flatMap(Stream::ofNullable).toList()) {
            part.close();
        }
    }

    private static Set<String> with(Set<String> base, String... more) {
        Set<String> all = new java.util.TreeSet<>(base);
        all.addAll(List.of(more));
        return all;
    }

    private static List<Operation> operations() {
        JsonNode paths = Optional.ofNullable(admin)
                .orElseThrow()
                .get("/openapi?format=JSON")
                .is(200)
                .json()
                .path("paths");
        List<Operation> operations = new ArrayList<>();
        paths.propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(method ->
                                Set.of("get", "put", "post", "delete", "patch").contains(method.getKey()))
                        .forEach(method -> operations.add(new Operation(
                                method.getValue().path("operationId").asString(""),
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                List.of(method.getValue()
                                        .path("x-permission")
                                        .asString("")
                                        .split(",\\s*"))))));
        return operations;
    }

    @Test
    void everyOperationHasARowAndEveryRowAnOperation() {
        assertThat(operations()).extracting(Operation::id).containsExactlyInAnyOrderElementsOf(ROWS.keySet());
        assertThat(operations())
                .allSatisfy(operation ->
                        assertThat(operation.permissions()).as(operation.id()).doesNotContain(""));
    }

    @Test
    void everyCellAnswersAsTheRoleSays() {
        int cells = 0;
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Operation operation : operations()) {
            boolean inNamespace =
                    operation.path().contains("{namespace}") || operation.id().equals("createRoleBinding");
            for (Asker asker : ASKERS) {
                for (String namespace : inNamespace ? List.of(OWN, FOREIGN, ABSENT) : List.of("")) {
                    String trouble =
                            namespace.isEmpty() ? judgeGrid(operation, asker) : judge(operation, asker, namespace);
                    if (!trouble.isEmpty()) {
                        wrong.put(operation.id() + " by " + asker.name() + " in " + namespace, trouble);
                    }
                    cells++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(1000);
    }

    /** Empty where the answer is the right one. */
    private static String judge(Operation operation, Asker asker, String namespace) {
        Answer answer = call(operation, asker.client(), namespace);
        String permission = operation.permissions().getFirst();
        boolean held = FOR_THE_GRID.contains(permission)
                ? asker.everywhere().contains(permission)
                : asker.holds(permission, namespace);
        if (held) {
            // A namespace that is not there is told as such to whoever may see all.
            return passed(answer, namespace) || (namespace.equals(ABSENT) && answer.status() == 404)
                    ? ""
                    : "should pass: " + answer.status() + " " + answer.text();
        }
        if (!FOR_THE_GRID.contains(permission) && !asker.knows(namespace)) {
            return answer.status() == 404 && answer.text().contains("There is no namespace \\\"" + namespace + "\\\"")
                    ? ""
                    : "should know nothing: " + answer.status() + " " + answer.text();
        }
        return refused(answer, permission);
    }

    private static String judgeGrid(Operation operation, Asker asker) {
        Answer answer = call(operation, asker.client(), "");
        for (String permission : operation.permissions()) {
            boolean held = permission.equals("none")
                    || asker.holds(permission, "")
                    // A list over all namespaces shows what the caller may see, where that is anything at all.
                    || (!operation.id().equals("verifyAudit") && asker.holds(permission, OWN));
            if (!held
                    && permission.equals("node:read")
                    && operation.permissions().size() > 1) {
                continue; // The status leaves the nodes out.
            }
            if (!held) {
                return refused(answer, permission);
            }
        }
        return passed(answer, "") ? "" : "should pass: " + answer.status() + " " + answer.text();
    }

    private static boolean passed(Answer answer, String namespace) {
        return answer.status() < 500
                && answer.status() != 403
                && (answer.status() != 401 || answer.text().contains("Name or password"))
                && !answer.text().contains("There is no namespace \\\"" + namespace + "\\\"");
    }

    private static String refused(Answer answer, String permission) {
        return answer.status() == 403
                        && answer.code().equals("PERMISSION_DENIED")
                        && answer.text().contains(permission)
                ? ""
                : "should be refused for " + permission + ": " + answer.status() + " " + answer.text();
    }

    private static Answer call(Operation operation, ApiClient client, String namespace) {
        String path = operation
                .path()
                .replace("{namespace}", namespace.isEmpty() ? "none" : namespace)
                .replace("{digest}", DIGEST)
                .replaceAll("\\{\\w+}", "none");
        if (operation.id().equals("canI")) {
            path += "?permission=log:read";
        }
        if (operation.id().equals("createNamespace") || operation.id().equals("deleteNamespace")) {
            // To make or delete a real one would change the table under the others.
            path = operation.path().replace("{namespace}", "Not-A-Name-" + namespace);
        }
        String body = ROWS.getOrDefault(operation.id(), "-").replace("{namespace}", namespace);
        if (operation.id().equals("uploadArtifact")) {
            return client.post(path, "application/wasm", new byte[] {1});
        }
        return body.equals("-")
                ? client.send(operation.method(), path, BodyPublishers.noBody())
                : client.with("Content-Type", "application/json")
                        .send(operation.method(), path, BodyPublishers.ofString(body));
    }

    /** What a page shows comes from the services; that a page opens at all takes a session, and no role. */
    @Test
    void everyRouteOfTheDashboardOpensForASessionAndForNobodyElse() {
        Set<String> routes = new java.util.TreeSet<>();
        for (JavaClass view : new ClassFileImporter().importPackages("dev.warpgrid.ui")) {
            if (view.isAnnotatedWith(Route.class)) {
                routes.add("/" + view.getAnnotationOfType(Route.class).value());
            }
        }
        assertThat(routes).containsExactlyInAnyOrderElementsOf(PAGES);
        try (ApiClient anonymous =
                ApiClient.anonymous(Optional.ofNullable(server).orElseThrow())) {
            for (Asker asker : ASKERS) {
                String cookie = anonymous
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .send(
                                "POST",
                                "/login",
                                BodyPublishers.ofString(
                                        "username=" + asker.name() + "&password=" + PASSWORD.replace(' ', '+')))
                        .is(302)
                        .headers()
                        .getOrDefault("set-cookie", "");
                ApiClient session = anonymous.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
                for (String route : routes) {
                    String path = route.replaceAll("/:\\w+\\?", "").replaceAll(":\\w+", "none");
                    session.get(path).is(200);
                    assertThat(anonymous.get(path).is(302).headers().get("location"))
                            .contains("/login");
                }
            }
        }
    }

    @Test
    void whoeverSendsNoTokenGetsNowhere() {
        try (ApiClient nobody = ApiClient.anonymous(Optional.ofNullable(server).orElseThrow())) {
            for (Operation operation : operations()) {
                Answer answer = call(operation, nobody, OWN);
                assertThat(answer.status()).as(operation.id()).isEqualTo(401);
                assertThat(answer.text()).doesNotContain("namespace \\\"");
            }
        }
    }
}
