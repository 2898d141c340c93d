package dev.warpgrid.server.pki;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when HTTPS presents the grid's own certificate. */
@Readiness
@Singleton
public class CertificateHealth implements HealthCheck {
    private final ServerIdentity identity;

    @Inject
    public CertificateHealth(ServerIdentity identity) {
        this.identity = identity;
    }

    @Override
    public HealthCheckResponse call() {
        return identity.isServed()
                ? HealthCheckResponse.named("certificate").up().build()
                : HealthCheckResponse.named("certificate")
                        .down()
                        .withData("reason", "HTTPS does not present the grid's certificate yet.")
                        .build();
    }
}
