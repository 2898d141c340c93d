package dev.warpgrid.model;

import java.util.Comparator;

/** A deployment's identity: its namespace and its name in it. */
public record DeploymentId(String namespace, String name) implements Comparable<DeploymentId> {
    private static final Comparator<DeploymentId> ORDER =
            Comparator.comparing(DeploymentId::namespace).thenComparing(DeploymentId::name);

    public DeploymentId {
        ResourceName.require("namespace", namespace);
        ResourceName.require("deployment name", name);
    }

    /** The inverse of {@link #toString()}. */
    public static DeploymentId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" names no deployment: write NAMESPACE/NAME.");
        }
        return new DeploymentId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(DeploymentId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
