package dev.warpgrid.server.control;

import dev.warpgrid.control.snapshot.ControlPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The policy the controller decides by. */
@Singleton
public class ControlSettings {
    @Produces
    @Singleton
    ControlPolicy policy() {
        return ControlPolicy.defaults();
    }
}
