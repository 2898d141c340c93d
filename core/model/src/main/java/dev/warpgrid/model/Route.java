package dev.warpgrid.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Requests of one host below one path, and where they go.
 *
 * @param host lower case, without port
 * @param pathPrefix begins with a slash and matches whole segments: {@code /a} takes {@code /a} and {@code /a/b}
 */
public record Route(String host, String pathPrefix, List<RouteTarget> targets) implements Comparable<Route> {
    private static final Comparator<Route> ORDER =
            Comparator.comparing(Route::host).thenComparing(Route::pathPrefix);

    public Route {
        if (!host.equals(host.toLowerCase(Locale.ROOT)) || host.isBlank()) {
            throw new IllegalArgumentException(
                    "A route's host is written in lower case, and this one is \"" + host + "\".");
        }
        if (!pathPrefix.startsWith("/")) {
            throw new IllegalArgumentException(
                    "A route's path begins with a slash, and this one is \"" + pathPrefix + "\".");
        }
        targets = List.copyOf(targets);
        int sum = targets.stream().mapToInt(RouteTarget::weight).sum();
        if (!targets.isEmpty() && sum != 100) {
            throw new IllegalArgumentException("The weights of a route sum to 100, and these sum to " + sum + ".");
        }
    }

    @Override
    public int compareTo(Route other) {
        return ORDER.compare(this, other);
    }
}
