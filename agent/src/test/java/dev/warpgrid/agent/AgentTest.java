package dev.warpgrid.agent;

import static dev.warpgrid.agent.Samples.desired;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.guest.UnrunnableException;
import dev.warpgrid.agent.guest.WasiGuests;
import dev.warpgrid.agent.link.Enrollment;
import dev.warpgrid.agent.link.JoinToken;
import dev.warpgrid.agent.link.NodeIdentity;
import dev.warpgrid.agent.link.TestCa;
import dev.warpgrid.agent.link.TestServer;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.InstanceState;
import dev.warpgrid.protocol.v1.ServerMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent with the real engine, against a server's end of the protocol. */
class AgentTest {
    private static final EngineFacts ENGINE = new EngineFacts("GraalWasm", "GraalVM CE", true);

    @TempDir
    private Path home;

    @Test
    void joinsRunsTheSampleTellsFactsAndServesAgainWithoutItsServer() throws Exception {
        byte[] sample =
                Files.readAllBytes(Path.of(System.getProperty("warpgrid.root", "."), "examples/hello/hello.wasm"));
        NodeIdentity identity;
        try (GraalWasmEngine engine = GraalWasmEngine.create()) {
            var factory = new WasiGuests(engine);
            try (TestServer server = new TestServer(new TestCa(), 0)) {
                server.artifact(sample);
                identity = Enrollment.join(
                        server.address(), JoinToken.parse(server.token()), "node", home.resolve("identity"));
                try (var agent = new Agent(options(server.address()), ENGINE, factory, identity)) {
                    agent.start();
                    deployAndCheck(agent, server, sample);
                }
            }
            try (var again = new Agent(options("localhost:1"), ENGINE, factory, identity)) {
                again.start();
                Eventually.until(() -> Http.status(again.ingressPort(), "hello.localhost", "/") == 200);
                assertThat(again.appliedGeneration()).isEqualTo(1);
                assertThat(Http.get(again.healthPort(), "localhost", "/health/ready"))
                        .startsWith("HTTP/1.1 503")
                        .contains("\"connected\":false");
            }
        }
    }

    private static void deployAndCheck(Agent agent, TestServer server, byte[] sample) {
        Eventually.until(() -> server.any(AgentMessage::hasHello));
        server.send(ServerMessage.newBuilder()
                .setDesiredState(
                        StateMapping.toMessage(desired(1, workload(revision(1), sample, WorkloadLimits.defaults()), 2)))
                .build());
        Eventually.until(() -> Http.status(agent.ingressPort(), "hello.localhost", "/") == 200);
        Eventually.until(() -> server.any(message -> message.hasFacts()
                && message.getFacts().getFactsList().stream()
                        .anyMatch(fact ->
                                fact.getState() == InstanceState.INSTANCE_STATE_RUNNING && fact.getMemoryBytes() > 0)));
        Eventually.until(() -> server.any(message -> message.hasMetrics()
                && message.getMetrics().getRevisionsList().stream().anyMatch(each -> each.getRequests() > 0)));
        agent.warm();
        assertThat(Http.get(agent.healthPort(), "localhost", "/health/ready"))
                .startsWith("HTTP/1.1 200")
                .contains("\"ready\":true", "\"connected\":true", "\"engine\":\"GraalVM CE\"");
        assertThat(Http.get(agent.healthPort(), "localhost", "/metrics"))
                .contains("warpgrid_instances{namespace=\"default\",deployment=\"hello\",revision=\"1\"} 2");
        assertThat(Http.status(agent.healthPort(), "localhost", "/other")).isEqualTo(404);
    }

    @Test
    void warmsWithItsBundledComponent() {
        try (GraalWasmEngine engine = GraalWasmEngine.create()) {
            assertThat(Prewarm.run(new WasiGuests(engine))).isPositive();
        }
    }

    @Test
    void isNotKeptFromStartingByAComponentThatDoesNotWarm() {
        assertThat(Prewarm.run((workload, artifact) -> {
                    throw new UnrunnableException("no engine");
                }))
                .isZero();
    }

    private AgentOptions options(String server) {
        return AgentOptions.parse(List.of(
                "--home",
                home.toString(),
                "--server",
                server,
                "--ingress-host",
                "127.0.0.1",
                "--ingress-port",
                "0",
                "--health-port",
                "0",
                "--mesh-host",
                "127.0.0.1",
                "--mesh-port",
                "0",
                "--memory",
                "1GiB",
                "--guest-threads",
                "2"));
    }
}
