package dev.warpgrid.server.startup;

/**
 * The order in which the server's parts come up. At CDI's {@code Startup} the database is tried for the first time; all
 * that needs it observes {@link DatabaseReady} with one of these as {@code @Priority}, lower first. A part that throws
 * keeps those after it from starting; the server is then not ready, says why, and tries again from the beginning, so each
 * observer must bear being called twice.
 */
public final class StartupOrder {
    /** At {@code Startup}: certificates, which need no database. */
    public static final int PKI = 100;
    /** At {@code Startup}: the first attempt to reach and migrate the database. */
    public static final int DATABASE = 200;

    /** At {@link DatabaseReady}: the namespace {@code default}. */
    public static final int NAMESPACES = 300;
    /** At {@link DatabaseReady}: the first user. */
    public static final int IDENTITY = 400;
    /** At {@link DatabaseReady}: observed state. */
    public static final int OBSERVE = 500;
    /** At {@link DatabaseReady}: controllers. */
    public static final int CONTROL = 600;
    /** At {@link DatabaseReady}: the port for agents, last. */
    public static final int LINK = 700;

    private StartupOrder() {}
}
