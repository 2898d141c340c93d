package dev.warpgrid.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A verb on a type of resource. */
public enum Permission {
    NAMESPACE_READ(Reach.NAMESPACE),
    /** To make and delete namespaces, and to set their quotas. */
    NAMESPACE_WRITE(Reach.GRID),
    DEPLOYMENT_READ(Reach.NAMESPACE),
    DEPLOYMENT_WRITE(Reach.NAMESPACE),
    DEPLOYMENT_DELETE(Reach.NAMESPACE),
    INSTANCE_READ(Reach.NAMESPACE),
    INSTANCE_RESTART(Reach.NAMESPACE),
    LOG_READ(Reach.NAMESPACE),
    METRIC_READ(Reach.NAMESPACE),
    ARTIFACT_READ(Reach.NAMESPACE),
    ARTIFACT_WRITE(Reach.NAMESPACE),
    /** Events of the grid itself, such as those of nodes, take the permission grid-wide. */
    EVENT_READ(Reach.NAMESPACE),
    NODE_READ(Reach.GRID),
    NODE_WRITE(Reach.GRID),
    JOIN_TOKEN_WRITE(Reach.GRID),
    USER_READ(Reach.GRID),
    USER_WRITE(Reach.GRID),
    ROLE_READ(Reach.NAMESPACE),
    ROLE_WRITE(Reach.GRID),
    ROLE_BINDING_READ(Reach.NAMESPACE),
    ROLE_BINDING_WRITE(Reach.NAMESPACE),
    SERVICE_ACCOUNT_READ(Reach.NAMESPACE),
    SERVICE_ACCOUNT_WRITE(Reach.NAMESPACE),
    AUDIT_READ(Reach.NAMESPACE);

    private final Reach reach;

    Permission(Reach reach) {
        this.reach = reach;
    }

    /** Where a permission can be held. */
    public enum Reach {
        /** For the grid as a whole and no other way. */
        GRID,
        /** In one namespace, or grid-wide. */
        NAMESPACE
    }

    public Reach reach() {
        return reach;
    }

    /** As people read and write it: {@code deployment:write}. */
    public String text() {
        int split = name().lastIndexOf('_');
        return (name().substring(0, split).replace('_', '-') + ":" + name().substring(split + 1))
                .toLowerCase(Locale.ROOT);
    }

    /** The permission of this {@link #text()}. */
    public static Optional<Permission> of(String text) {
        return Arrays.stream(values())
                .filter(permission -> permission.text().equals(text))
                .findFirst();
    }
}
