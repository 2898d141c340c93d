package dev.warpgrid.model;

import java.util.regex.Pattern;

/** A DNS label (RFC 1123): 1 to 63 of {@code a-z 0-9 -}, no hyphen at either end. Names are part of host names. */
public final class ResourceName {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private ResourceName() {}

    public static boolean isValid(String name) {
        return LABEL.matcher(name).matches();
    }

    /**
     * @param what names the field in the error, for example {@code "deployment name"}
     * @throws IllegalArgumentException if {@code name} is not a DNS label
     */
    public static String require(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "The " + what + " \"" + name
                            + "\" is not a DNS label: use 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.");
        }
        return name;
    }
}
