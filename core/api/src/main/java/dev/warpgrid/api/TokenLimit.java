package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token may of what its owner may.
 *
 * @param permissions as people write them, for example {@code deployment:write}; null for all of the owner's
 * @param namespace the only one it works in; null for all of the owner's
 */
public record TokenLimit(
        @Nullable List<String> permissions, @Nullable String namespace) {
    public TokenLimit {
        permissions = permissions == null ? null : List.copyOf(permissions);
    }

    public static TokenLimit none() {
        return new TokenLimit(null, null);
    }

    public boolean limits() {
        return permissions != null || namespace != null;
    }

    /**
     * The most that a token of this limit holds.
     *
     * @throws ApiException where a permission does not exist
     */
    public Grants asGrants() {
        java.util.EnumSet<Permission> held = java.util.EnumSet.allOf(Permission.class);
        if (permissions != null) {
            held.clear();
            for (int i = 0; i < permissions.size(); i++) {
                String text = permissions.get(i);
                int index = i;
                held.add(Permission.of(text)
                        .orElseThrow(() -> ApiException.invalid(
                                "/permissions/" + index,
                                "There is no permission \"" + text + "\": write it as in deployment:read.")));
            }
        }
        return Grants.of(namespace == null ? Grants.EVERYWHERE : namespace, held);
    }
}
