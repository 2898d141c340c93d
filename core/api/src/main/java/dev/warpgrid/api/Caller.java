package dev.warpgrid.api;

import java.util.function.Supplier;

/**
 * Who asks. Each service call names one, so that a permission never hangs on the thread that happens to run. What the caller
 * may is looked up at each question, so that a change acts on open pages and streams as well.
 *
 * @param name of the user, or of the service account as {@code NAMESPACE/NAME}
 * @param origin for the audit trail: the address the request came from, and the token it carried; empty for the grid
 * @param source what the caller holds at this moment; nothing once the caller is disabled or gone
 */
public record Caller(String name, Kind kind, String origin, Supplier<Grants> source) {
    private static final Caller SYSTEM = new Caller("system", Kind.SYSTEM, "", Grants::all);

    /** What stands behind a name. */
    public enum Kind {
        USER,
        SERVICE_ACCOUNT,
        /** A token of either that was given less than its owner holds. */
        LIMITED_TOKEN,
        /** The grid itself. */
        SYSTEM
    }

    /** The grid itself, for what it does without being asked. */
    public static Caller system() {
        return SYSTEM;
    }

    /** A user whose grants never change. */
    public static Caller of(String name, Grants grants) {
        return new Caller(name, Kind.USER, "", () -> grants);
    }

    /** What is held at this moment. */
    public Grants grants() {
        return source.get();
    }

    /** Grid-wide. */
    public boolean may(Permission permission) {
        return grants().allow(permission, Grants.EVERYWHERE);
    }

    /** @param place a namespace, or {@link Grants#EVERYWHERE} */
    public boolean may(Permission permission, String place) {
        return grants().allow(permission, place);
    }

    /** Grid-wide, or in one namespace at least. */
    public boolean maySomewhere(Permission permission) {
        Grants held = grants();
        return held.allow(permission, Grants.EVERYWHERE)
                || !held.placesOf(permission).isEmpty();
    }
}
