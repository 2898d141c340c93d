package dev.warpgrid.server.service;

import java.util.List;

/**
 * Whether what a component imports is what a node provides. Inside {@code 0.2} any patch level links to any other, as the
 * WASI proposals promise; every other version, and an unversioned name, must be the same to the letter.
 */
final class InterfaceVersions {
    private static final String COMPATIBLE = "0.2.";

    private InterfaceVersions() {}

    /** The imports that {@code provided} does not hold, in order. */
    static List<String> missing(List<String> imports, List<String> provided) {
        return imports.stream()
                .filter(wanted -> provided.stream().noneMatch(offer -> links(wanted, offer)))
                .toList();
    }

    /** @param export name with version, of a component */
    static boolean links(String export, String other) {
        if (export.equals(other)) {
            return true;
        }
        return name(export).equals(name(other))
                && version(export).startsWith(COMPATIBLE)
                && version(other).startsWith(COMPATIBLE);
    }

    private static String name(String text) {
        int at = text.indexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    private static String version(String text) {
        int at = text.indexOf('@');
        return at < 0 ? "" : text.substring(at + 1);
    }
}
