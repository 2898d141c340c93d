package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The users of the grid's own. What changes a user's password, roles or enablement ends that user's sessions at once; what
 * disables or deletes one, or changes the password, revokes the tokens as well. The grid always keeps one enabled
 * administrator.
 */
public interface UserService {
    int MINIMUM_PASSWORD = 12;
    int MAXIMUM_PASSWORD = 256;
    int MAXIMUM_USERS = 10_000;

    /** By name. */
    List<UserView> list(Caller caller);

    UserView get(Caller caller, String name);

    /** @param password null has one made, which the answer shows this once */
    UserView create(Caller caller, String name, List<String> roles, @Nullable String password);

    /**
     * @param enabled null leaves it
     * @param roles those held grid-wide from now on; null leaves them
     */
    UserView update(Caller caller, String name, @Nullable Boolean enabled, @Nullable List<String> roles);

    /** @param password null has one made, which the answer shows this once */
    UserView resetPassword(Caller caller, String name, @Nullable String password);

    void delete(Caller caller, String name);

    /**
     * The caller's own password.
     *
     * @return a new token, because all that there were are revoked
     */
    TokenView changePassword(Caller caller, String present, String next);
}
