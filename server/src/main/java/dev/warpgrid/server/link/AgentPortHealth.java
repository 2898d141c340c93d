package dev.warpgrid.server.link;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when agents can connect. */
@Readiness
@Singleton
public class AgentPortHealth implements HealthCheck {
    private final AgentPort port;

    @Inject
    public AgentPortHealth(AgentPort port) {
        this.port = port;
    }

    @Override
    public HealthCheckResponse call() {
        return port.isOpen()
                ? HealthCheckResponse.named("agent-port").up().build()
                : HealthCheckResponse.named("agent-port")
                        .down()
                        .withData("reason", "The port for agents is not open yet.")
                        .build();
    }
}
