package dev.warpgrid.server.store;

import dev.warpgrid.api.EventView;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling, before it has a number.
 *
 * @param reason upper camel case and stable
 * @param message one sentence with cause and, where it is known, remedy
 */
public record NewEvent(
        EventView.Severity severity,
        String reason,
        String message,
        @Nullable String namespace,
        @Nullable String deployment,
        @Nullable String instance,
        @Nullable String node) {
    public static final int MAXIMUM_MESSAGE = 2000;

    public NewEvent {
        message = message.length() > MAXIMUM_MESSAGE ? message.substring(0, MAXIMUM_MESSAGE - 1) + "…" : message;
    }

    public static NewEvent of(EventView.Severity severity, String reason, String message) {
        return new NewEvent(severity, reason, message, null, null, null, null);
    }

    public NewEvent about(DeploymentId about) {
        return new NewEvent(severity, reason, message, about.namespace(), about.name(), instance, node);
    }

    public NewEvent about(InstanceId about) {
        return new NewEvent(severity, reason, message, namespace, deployment, about.value(), node);
    }

    public NewEvent on(NodeId where) {
        return new NewEvent(severity, reason, message, namespace, deployment, instance, where.value());
    }

    public NewEvent in(String where) {
        return new NewEvent(severity, reason, message, where, deployment, instance, node);
    }
}
