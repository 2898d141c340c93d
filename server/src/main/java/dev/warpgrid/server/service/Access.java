package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Permission;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one place where a permission is checked. Every public method of a service calls it first. */
public final class Access {
    private static final String ALL = "*";

    private Access() {}

    /**
     * Where somebody may do something.
     *
     * @param namespaces null for all
     */
    public record Places(@Nullable SortedSet<String> namespaces) {
        public boolean contain(@Nullable String namespace) {
            return namespaces == null || (namespace != null && namespaces.contains(namespace));
        }
    }

    /**
     * The permission grid-wide.
     *
     * @throws ApiException with {@link ErrorCode#PERMISSION_DENIED} where the caller may not
     */
    public static void require(Caller caller, Permission permission) {
        if (!caller.may(permission)) {
            throw refusal(caller, permission, "");
        }
    }

    /**
     * The permission in one namespace. To whoever holds nothing there, the namespace does not exist.
     *
     * @throws ApiException with {@link ErrorCode#PERMISSION_DENIED} or {@link ErrorCode#NOT_FOUND}
     */
    public static void require(Caller caller, Permission permission, String namespace) {
        Grants held = caller.grants();
        if (held.allow(permission, namespace)) {
            return;
        }
        if (!held.know(namespace)) {
            throw ApiException.notFound("namespace", namespace);
        }
        throw refusal(caller, permission, " in the namespace \"" + namespace + "\"");
    }

    /**
     * The permission in a namespace or, for {@code "*"}, wherever the caller holds it.
     *
     * @throws ApiException as above; for {@code "*"} also where the caller holds it nowhere
     */
    public static Places places(Caller caller, Permission permission, String namespace) {
        if (!namespace.equals(ALL)) {
            require(caller, permission, namespace);
            return new Places(new java.util.TreeSet<>(java.util.Set.of(namespace)));
        }
        Grants held = caller.grants();
        if (held.allow(permission, Grants.EVERYWHERE)) {
            return new Places(null);
        }
        SortedSet<String> places = held.placesOf(permission);
        if (places.isEmpty()) {
            throw refusal(caller, permission, "");
        }
        return new Places(places);
    }

    /** For what everybody may do with what is their own: it takes somebody who can own it. */
    public static void requireKnown(Caller caller) {
        if (caller.kind() == Caller.Kind.SYSTEM) {
            throw new ApiException(
                    ErrorCode.PERMISSION_DENIED, "The grid itself owns no tokens and no password: sign in as a user.");
        }
    }

    /**
     * Nobody gives what they do not hold.
     *
     * @param what for the error, for example {@code the role "developer"}
     */
    public static void requireCover(Caller caller, Grants given, String what) {
        Grants missing = caller.grants().missing(given);
        if (missing.byPlace().isEmpty()) {
            return;
        }
        String list = missing.byPlace().entrySet().stream()
                .map(entry -> entry.getValue().stream().map(Permission::text).collect(Collectors.joining(", "))
                        + (entry.getKey().equals(Grants.EVERYWHERE)
                                ? " grid-wide"
                                : " in the namespace \"" + entry.getKey() + "\""))
                .collect(Collectors.joining("; "));
        throw new ApiException(
                ErrorCode.PERMISSION_DENIED,
                "\"" + caller.name() + "\" may not do this, because " + what + " holds what you do not (" + list
                        + "): ask somebody who does.");
    }

    private static ApiException refusal(Caller caller, Permission permission, String where) {
        String role = Arrays.stream(BuiltInRole.values())
                .filter(one -> one.permissions().contains(permission))
                .map(BuiltInRole::role)
                .findFirst()
                .orElseThrow();
        return new ApiException(
                ErrorCode.PERMISSION_DENIED,
                "\"" + caller.name() + "\" may not do this, which needs " + permission.text() + where
                        + ": ask for a role that holds it, such as " + role + ".");
    }
}
