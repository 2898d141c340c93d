package dev.warpgrid.server.identity;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;

/**
 * Lets the local mechanism be a bean in local mode only: where the application has one, Liberty never asks its own features
 * for OpenID Connect and JWT.
 */
public class IdentityExtension implements Extension {
    void choose(@Observes ProcessAnnotatedType<LocalAuthentication> type) {
        if (!IdentityMode.current().isLocal()) {
            type.veto();
        }
    }
}
