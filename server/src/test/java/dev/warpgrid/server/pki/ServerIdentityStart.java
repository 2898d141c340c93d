package dev.warpgrid.server.pki;

import jakarta.enterprise.event.Startup;

/** Does by hand what the container does at start and end. */
public final class ServerIdentityStart {
    private ServerIdentityStart() {}

    public static void start(ServerIdentity identity) {
        identity.start(new Startup());
    }

    public static void stop(ServerIdentity identity) {
        identity.stop();
    }
}
