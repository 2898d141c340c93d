package dev.warpgrid.api;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which permissions somebody holds where. What is held grid-wide is held in every namespace, those that are made later
 * too.
 *
 * @param byPlace permissions by namespace; {@link #EVERYWHERE} for those held grid-wide
 */
public record Grants(SortedMap<String, Set<Permission>> byPlace) {
    /** No namespace can have this name. */
    public static final String EVERYWHERE = "*";

    private static final Grants NONE = new Grants(Collections.emptySortedMap());
    private static final Grants ALL = of(EVERYWHERE, EnumSet.allOf(Permission.class));

    public Grants {
        SortedMap<String, Set<Permission>> copy = new TreeMap<>();
        byPlace.forEach((place, permissions) -> {
            EnumSet<Permission> held = EnumSet.noneOf(Permission.class);
            held.addAll(permissions);
            if (!place.equals(EVERYWHERE)) {
                held.removeIf(permission -> permission.reach() == Permission.Reach.GRID);
            }
            if (!held.isEmpty()) {
                copy.put(place, Collections.unmodifiableSet(held));
            }
        });
        byPlace = Collections.unmodifiableSortedMap(copy);
    }

    public static Grants none() {
        return NONE;
    }

    public static Grants all() {
        return ALL;
    }

    /** @param place a namespace, or {@link #EVERYWHERE} */
    public static Grants of(String place, Set<Permission> permissions) {
        return new Grants(new TreeMap<>(Map.of(place, permissions)));
    }

    public Grants and(Grants more) {
        SortedMap<String, Set<Permission>> sum = new TreeMap<>();
        for (Grants part : new Grants[] {this, more}) {
            part.byPlace.forEach(
                    (place, permissions) -> sum.computeIfAbsent(place, _ -> EnumSet.noneOf(Permission.class))
                            .addAll(permissions));
        }
        return new Grants(sum);
    }

    /** What both hold. */
    public Grants within(Grants limit) {
        SortedSet<String> places = new TreeSet<>(byPlace.keySet());
        places.addAll(limit.byPlace.keySet());
        SortedMap<String, Set<Permission>> common = new TreeMap<>();
        for (String place : places) {
            EnumSet<Permission> both = EnumSet.noneOf(Permission.class);
            both.addAll(in(place));
            both.retainAll(limit.in(place));
            common.put(place, both);
        }
        return new Grants(common);
    }

    /** Whether all that {@code others} hold is held here. */
    public boolean cover(Grants others) {
        return missing(others).byPlace.isEmpty();
    }

    /** What {@code others} hold and these do not. */
    public Grants missing(Grants others) {
        SortedMap<String, Set<Permission>> missing = new TreeMap<>();
        others.byPlace.forEach((place, permissions) -> {
            EnumSet<Permission> lacking = EnumSet.copyOf(permissions);
            lacking.removeAll(in(place));
            missing.put(place, lacking);
        });
        return new Grants(missing);
    }

    /** @param place a namespace, or {@link #EVERYWHERE} */
    public Set<Permission> in(String place) {
        EnumSet<Permission> held = EnumSet.noneOf(Permission.class);
        held.addAll(byPlace.getOrDefault(EVERYWHERE, Set.of()));
        held.addAll(byPlace.getOrDefault(place, Set.of()));
        return held;
    }

    /** @param place a namespace, or {@link #EVERYWHERE} */
    public boolean allow(Permission permission, String place) {
        return byPlace.getOrDefault(EVERYWHERE, Set.of()).contains(permission)
                || byPlace.getOrDefault(place, Set.of()).contains(permission);
    }

    /** Whether whoever holds these may know that there is such a namespace: anything held in it will do. */
    public boolean know(String namespace) {
        return byPlace.containsKey(namespace)
                || byPlace.getOrDefault(EVERYWHERE, Set.of()).stream()
                        .anyMatch(permission -> permission.reach() == Permission.Reach.NAMESPACE);
    }

    /** The namespaces in which the permission is held, where it is not held grid-wide. */
    public SortedSet<String> placesOf(Permission permission) {
        SortedSet<String> places = new TreeSet<>();
        byPlace.forEach((place, permissions) -> {
            if (permissions.contains(permission) && !place.equals(EVERYWHERE)) {
                places.add(place);
            }
        });
        return places;
    }
}
