package dev.warpgrid.agent.ingress;

import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** Finds the target of a request by its host and the longest path prefix. Immutable. */
public final class RouteTable {
    private static final RouteTable EMPTY = new RouteTable(new HashMap<>());
    private static final int WHOLE = 100;

    /** @param bounds cumulative weights, rising; a draw below the first bound goes to the first target */
    @SuppressWarnings("ArrayRecordComponent") // read on every request, never compared
    private record Entry(String prefix, Target[] targets, int[] bounds) {}

    private final Map<String, Entry[]> byHost;

    private RouteTable(Map<String, Entry[]> byHost) {
        this.byHost = byHost;
    }

    public static RouteTable empty() {
        return EMPTY;
    }

    /** @param targets finds where a revision's requests go; a revision it does not know is left out */
    public static RouteTable of(List<Route> routes, Function<RevisionId, Optional<Target>> targets) {
        Map<String, List<Route>> byHost = new HashMap<>();
        for (Route route : routes) {
            byHost.computeIfAbsent(route.host(), host -> new ArrayList<>()).add(route);
        }
        return EMPTY.with(byHost, targets);
    }

    /**
     * This table with other routes for some hosts. Of two routes with one path the first counts.
     *
     * @param changed all routes of each of these hosts; none where the host is gone
     * @param targets as for {@link #of}
     */
    public RouteTable with(Map<String, List<Route>> changed, Function<RevisionId, Optional<Target>> targets) {
        Map<String, Entry[]> next = new HashMap<>(byHost);
        changed.forEach((host, routes) -> {
            if (routes.isEmpty()) {
                next.remove(host);
                return;
            }
            Entry[] entries = new Entry[routes.size()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = entry(routes.get(i), targets);
            }
            Arrays.sort(
                    entries,
                    Comparator.comparingInt((Entry entry) -> entry.prefix().length())
                            .reversed());
            next.put(host, entries);
        });
        return new RouteTable(next);
    }

    private static Entry entry(Route route, Function<RevisionId, Optional<Target>> targets) {
        List<Target> found = new ArrayList<>();
        List<Integer> bounds = new ArrayList<>();
        int sum = 0;
        for (RouteTarget target : route.targets()) {
            Optional<Target> known = targets.apply(target.revision());
            if (target.weight() > 0 && known.isPresent()) {
                sum += target.weight();
                found.add(known.get());
                bounds.add(sum);
            }
        }
        String prefix = route.pathPrefix();
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        return new Entry(
                prefix,
                found.toArray(Target[]::new),
                bounds.stream().mapToInt(Integer::intValue).toArray());
    }

    /** What became of a look-up. */
    public sealed interface Match {
        record Found(Target target) implements Match {}

        /** No route has this host and path. */
        record NoRoute() implements Match {}

        /** There is a route, and nothing behind it. */
        record NoTarget() implements Match {}
    }

    private static final Match.NoRoute NO_ROUTE = new Match.NoRoute();
    private static final Match.NoTarget NO_TARGET = new Match.NoTarget();

    /**
     * Finds where a request goes.
     *
     * @param authority host and port as the client sent them, in any case
     * @param path with or without a query
     * @param draw a random number below its argument
     */
    public Match find(String authority, String path, IntUnaryOperator draw) {
        Entry[] entries = byHost.get(hostOf(authority));
        if (entries == null) {
            return NO_ROUTE;
        }
        for (Entry entry : entries) {
            if (matches(entry.prefix, path)) {
                return pick(entry, draw);
            }
        }
        return NO_ROUTE;
    }

    private static Match pick(Entry entry, IntUnaryOperator draw) {
        int count = entry.targets.length;
        if (count == 0) {
            return NO_TARGET;
        }
        if (count == 1) {
            return new Match.Found(entry.targets[0]);
        }
        int drawn = draw.applyAsInt(Math.min(WHOLE, entry.bounds[count - 1]));
        int i = 0;
        while (drawn >= entry.bounds[i]) {
            i++;
        }
        return new Match.Found(entry.targets[i]);
    }

    private static boolean matches(String prefix, String path) {
        if (!path.startsWith(prefix)) {
            return false;
        }
        if (path.length() == prefix.length()) {
            return true;
        }
        char next = path.charAt(prefix.length());
        return next == '/' || next == '?';
    }

    /** The host in lower case, without the port and without a trailing dot. */
    static String hostOf(String authority) {
        int end = authority.length();
        int colon = authority.lastIndexOf(':');
        if (colon >= 0 && authority.indexOf(']', colon) < 0) {
            end = colon;
        }
        if (end > 0 && authority.charAt(end - 1) == '.') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = authority.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return authority.substring(0, end).toLowerCase(Locale.ROOT);
            }
        }
        return authority.substring(0, end);
    }
}
