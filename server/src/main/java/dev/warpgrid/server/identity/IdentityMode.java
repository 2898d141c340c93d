package dev.warpgrid.server.identity;

import org.eclipse.microprofile.config.ConfigProvider;

/** Where users come from: the variable {@code warpgrid.identity} of the server's configuration. */
public enum IdentityMode {
    /** Users, sessions and tokens of our own. */
    LOCAL,
    /** An OpenID Connect provider, through Liberty's features. */
    OIDC;

    public static IdentityMode current() {
        String text = ConfigProvider.getConfig()
                .getOptionalValue("warpgrid.identity", String.class)
                .orElse("local");
        return switch (text) {
            case "local" -> LOCAL;
            case "oidc" -> OIDC;
            default ->
                throw new IllegalStateException("warpgrid.identity is \"" + text + "\": set it to local or oidc.");
        };
    }

    boolean isLocal() {
        return this == LOCAL;
    }
}
