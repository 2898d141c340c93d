package dev.warpgrid.api;

import static dev.warpgrid.api.Permission.ARTIFACT_READ;
import static dev.warpgrid.api.Permission.ARTIFACT_WRITE;
import static dev.warpgrid.api.Permission.AUDIT_READ;
import static dev.warpgrid.api.Permission.DEPLOYMENT_DELETE;
import static dev.warpgrid.api.Permission.DEPLOYMENT_READ;
import static dev.warpgrid.api.Permission.DEPLOYMENT_WRITE;
import static dev.warpgrid.api.Permission.EVENT_READ;
import static dev.warpgrid.api.Permission.INSTANCE_READ;
import static dev.warpgrid.api.Permission.INSTANCE_RESTART;
import static dev.warpgrid.api.Permission.JOIN_TOKEN_WRITE;
import static dev.warpgrid.api.Permission.LOG_READ;
import static dev.warpgrid.api.Permission.METRIC_READ;
import static dev.warpgrid.api.Permission.NAMESPACE_READ;
import static dev.warpgrid.api.Permission.NODE_READ;
import static dev.warpgrid.api.Permission.NODE_WRITE;
import static dev.warpgrid.api.Permission.ROLE_BINDING_READ;
import static dev.warpgrid.api.Permission.ROLE_BINDING_WRITE;
import static dev.warpgrid.api.Permission.ROLE_READ;
import static dev.warpgrid.api.Permission.SERVICE_ACCOUNT_READ;
import static dev.warpgrid.api.Permission.SERVICE_ACCOUNT_WRITE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The roles every grid has. Nobody can change or delete them. */
public enum BuiltInRole {
    VIEWER(
            "Sees what runs and changes nothing",
            EnumSet.of(
                    NAMESPACE_READ,
                    DEPLOYMENT_READ,
                    INSTANCE_READ,
                    LOG_READ,
                    METRIC_READ,
                    ARTIFACT_READ,
                    EVENT_READ,
                    NODE_READ,
                    ROLE_READ)),
    DEVELOPER(
            "Deploys, changes, restarts and deletes",
            with(VIEWER, DEPLOYMENT_WRITE, DEPLOYMENT_DELETE, INSTANCE_RESTART, ARTIFACT_WRITE)),
    OPERATOR(
            "Keeps the grid running: nodes, scale, restarts",
            with(VIEWER, DEPLOYMENT_WRITE, INSTANCE_RESTART, NODE_WRITE, JOIN_TOKEN_WRITE, AUDIT_READ)),
    NAMESPACE_ADMIN(
            "Everything in a namespace, and who else may do it",
            with(
                    DEVELOPER,
                    ROLE_BINDING_READ,
                    ROLE_BINDING_WRITE,
                    SERVICE_ACCOUNT_READ,
                    SERVICE_ACCOUNT_WRITE,
                    AUDIT_READ)),
    GRID_ADMIN("Everything", EnumSet.allOf(Permission.class));

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and nobody else has it
    private final Set<Permission> permissions;

    BuiltInRole(String description, EnumSet<Permission> permissions) {
        this.description = description;
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    private static EnumSet<Permission> with(BuiltInRole base, Permission... more) {
        EnumSet<Permission> all = EnumSet.copyOf(base.permissions);
        all.addAll(List.of(more));
        return all;
    }

    /** As bindings name it: {@code namespace-admin}. */
    public String role() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    public Set<Permission> permissions() {
        return permissions;
    }
}
