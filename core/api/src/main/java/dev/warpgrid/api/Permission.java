package dev.warpgrid.api;

/** A verb on a type of resource. */
public enum Permission {
    NAMESPACE_READ,
    NAMESPACE_WRITE,
    DEPLOYMENT_READ,
    DEPLOYMENT_WRITE,
    DEPLOYMENT_DELETE,
    INSTANCE_READ,
    INSTANCE_RESTART,
    LOG_READ,
    METRIC_READ,
    ARTIFACT_READ,
    ARTIFACT_WRITE,
    NODE_READ,
    NODE_WRITE,
    JOIN_TOKEN_WRITE,
    EVENT_READ,
    USER_READ,
    USER_WRITE;

    /** Changes nothing. */
    public boolean reads() {
        return name().endsWith("_READ");
    }

    /** As people read it: {@code deployment:write}. */
    public String text() {
        int split = name().lastIndexOf('_');
        return (name().substring(0, split).replace('_', '-') + ":" + name().substring(split + 1))
                .toLowerCase(java.util.Locale.ROOT);
    }
}
