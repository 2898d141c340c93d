package dev.warpgrid.control.placement;

import java.util.List;

/**
 * Whether a node's interfaces serve a component's imports. Versions match along the compatible track of semantic
 * versioning: {@code 0.2.4} is served by {@code 0.2.12}, not by {@code 0.3.0}; from 1.0.0 on the major number decides.
 */
public final class InterfaceMatch {
    private InterfaceMatch() {}

    /** Those of {@code imports} nothing in {@code provided} serves, in their order. */
    public static List<String> missing(List<String> imports, List<String> provided) {
        List<String> tracks = provided.stream().map(InterfaceMatch::track).toList();
        return imports.stream()
                .filter(wanted -> !tracks.contains(track(wanted)))
                .toList();
    }

    private static String track(String named) {
        int at = named.lastIndexOf('@');
        if (at < 0) {
            return named;
        }
        String version = named.substring(at + 1);
        if (version.contains("-")) {
            return named;
        }
        String[] numbers = version.split("\\.", -1);
        boolean stable = !numbers[0].equals("0");
        String kept = stable || numbers.length < 2 ? numbers[0] : numbers[0] + "." + numbers[1];
        return named.substring(0, at + 1) + kept;
    }
}
