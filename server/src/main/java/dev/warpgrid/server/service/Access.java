package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Role;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The one place where a permission is checked. Every public method of a service calls it first. */
public final class Access {
    private Access() {}

    /** @throws ApiException with {@link ErrorCode#PERMISSION_DENIED} where the caller may not */
    public static void require(Caller caller, Permission permission) {
        if (caller.may(permission)) {
            return;
        }
        String roles = Arrays.stream(Role.values())
                .filter(role -> role.allows(permission))
                .map(Role::name)
                .collect(Collectors.joining(" or "));
        throw new ApiException(
                ErrorCode.PERMISSION_DENIED,
                "\"" + caller.name() + "\" may not do this, which needs " + permission.text() + ": ask for the role "
                        + roles + ".");
    }

    /** For what everybody may do with what is their own: it takes somebody who can own it. */
    public static void requireKnown(Caller caller) {
        if (caller.name().equals(Caller.system().name())) {
            throw new ApiException(
                    ErrorCode.PERMISSION_DENIED, "The grid itself owns no tokens and no password: sign in as a user.");
        }
    }
}
