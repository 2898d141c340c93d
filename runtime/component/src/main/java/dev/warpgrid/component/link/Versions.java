package dev.warpgrid.component.link;

/**
 * Which versions of an interface stand for each other: from 1.0 on those of one major number, before it those of one
 * minor number, in 0.0 only the same, and a draft (anything behind a hyphen) exactly. This is the rule of the
 * Component Model's canonical versions.
 */
public final class Versions {
    private Versions() {}

    /** Whether two names with versions, as {@code wasi:io/streams@0.2.4}, stand for each other. */
    public static boolean compatible(String wanted, String given) {
        return canonical(wanted).equals(canonical(given));
    }

    /** Whether a name fits one that may leave the version out. */
    public static boolean matches(String asked, String actual) {
        return asked.indexOf('@') < 0 ? asked.equals(bare(actual)) : compatible(asked, actual);
    }

    /** The name without its version. */
    public static String bare(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    /** The name with the part of its version that must be equal. */
    static String canonical(String name) {
        int at = name.indexOf('@');
        if (at < 0) {
            return name;
        }
        String version = name.substring(at + 1);
        int build = version.indexOf('+');
        String core = build < 0 ? version : version.substring(0, build);
        String[] parts = core.split("\\.", -1);
        if (core.indexOf('-') >= 0 || parts.length < 2) {
            return name.substring(0, at + 1) + core;
        }
        if (!parts[0].equals("0")) {
            return name.substring(0, at + 1) + parts[0];
        }
        boolean zero = parts[1].equals("0");
        return name.substring(0, at + 1) + (zero ? core : "0." + parts[1]);
    }
}
