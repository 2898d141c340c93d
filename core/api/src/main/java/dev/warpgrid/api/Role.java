package dev.warpgrid.api;

/** The built-in roles. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Sees everything, changes nothing. */
    VIEWER;

    public boolean allows(Permission permission) {
        return switch (this) {
            case ADMIN -> true;
            case VIEWER -> permission.reads();
        };
    }
}
