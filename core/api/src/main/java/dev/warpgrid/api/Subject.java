package dev.warpgrid.api;

/**
 * Whom a role is bound to.
 *
 * @param name of the user, of the group as the identity provider tells it, or of the service account as
 *     {@code NAMESPACE/NAME}
 */
public record Subject(Kind kind, String name) {
    /** What a role can be bound to. */
    public enum Kind {
        USER,
        GROUP,
        SERVICE_ACCOUNT
    }
}
