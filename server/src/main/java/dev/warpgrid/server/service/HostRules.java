package dev.warpgrid.server.service;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.ResourceName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which hosts and paths a deployment may ask for. */
final class HostRules {
    static final int MAXIMUM_HOSTS = 16;
    static final int MAXIMUM_PATHS = 16;
    private static final int MAXIMUM_HOST_LENGTH = 253;
    private static final int MAXIMUM_PATH_LENGTH = 256;
    private static final String LOCAL = ".localhost";
    private static final String INTERNAL = ".warp.local";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?");

    private HostRules() {}

    static String defaultHost(DeploymentId id) {
        return id.name() + "." + id.namespace() + LOCAL;
    }

    /** What is wrong with it, with the remedy. */
    static Optional<String> refuseHost(DeploymentId owner, String host) {
        if (host.contains(":") || host.contains("/")) {
            return Optional.of("The host \"" + host + "\" has a port or a path: write the name alone.");
        }
        if (host.length() > MAXIMUM_HOST_LENGTH
                || !host.equals(host.toLowerCase(Locale.ROOT))
                || ADDRESS.matcher(host).matches()
                || !java.util.Arrays.stream(host.split("\\.", -1)).allMatch(ResourceName::isValid)) {
            return Optional.of(
                    "The host \"" + host
                            + "\" is no host name: write lower-case letters, digits and hyphens between dots, such as shop.example.org.");
        }
        if (host.equals("localhost") || host.endsWith(INTERNAL)) {
            return Optional.of(
                    "The host \"" + host + "\" is reserved for the grid itself: choose another, or leave hosts out for "
                            + defaultHost(owner) + ".");
        }
        if (host.endsWith(LOCAL) && host.split("\\.").length == 3 && !host.equals(defaultHost(owner))) {
            return Optional.of("The host \"" + host
                    + "\" is reserved for the deployment of that name and namespace: choose another, or leave hosts out for "
                    + defaultHost(owner) + ".");
        }
        return Optional.empty();
    }

    static Optional<String> refusePath(String path) {
        if (path.length() > MAXIMUM_PATH_LENGTH
                || !PATH.matcher(path).matches()
                || path.contains("/./")
                || path.contains("/../")
                || path.endsWith("/..")
                || path.endsWith("/.")) {
            return Optional.of(
                    "The path \"" + path
                            + "\" is no path prefix: begin with a slash and leave out empty segments, \".\", \"..\" and a query, such as /api.");
        }
        return Optional.empty();
    }
}
