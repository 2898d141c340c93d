package dev.warpgrid.ui.part;

/** Addresses of views, for links. Names are DNS labels, so nothing needs escaping. */
public final class Paths {
    public static final String OVERVIEW = "";
    public static final String DEPLOYMENTS = "deployments";
    public static final String NODES = "nodes";
    public static final String LOGS = "logs";
    public static final String EVENTS = "events";
    public static final String ACCESS = "access";
    public static final String AUDIT = "audit";

    private Paths() {}

    public static String deployment(String namespace, String name) {
        return DEPLOYMENTS + "/" + namespace + "/" + name;
    }

    public static String node(String id) {
        return NODES + "/" + id;
    }
}
