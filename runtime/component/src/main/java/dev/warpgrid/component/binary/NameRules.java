package dev.warpgrid.component.binary;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The shape of names in components: Explainer.md, "Import and Export Definitions". */
public final class NameRules {
    private static final String LABEL = "(?:[a-z][0-9a-z]*|[A-Z][0-9A-Z]*)(?:-(?:[0-9a-z]+|[0-9A-Z]+))*";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String NUMBER = "(?:0|[1-9][0-9]*)";
    private static final String SEMVER = NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-" + IDENTIFIER + "(?:\\."
            + IDENTIFIER + ")*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?";
    private static final String SHORT_VERSION = "[1-9][0-9]*|0\\.[1-9][0-9]*|0\\.0\\.[1-9][0-9]*";
    private static final Pattern LABEL_ONLY = Pattern.compile(LABEL);
    private static final Pattern PLAIN =
            Pattern.compile("(?:\\[constructor\\])?" + LABEL + "|\\[(?:method|static)\\]" + LABEL + "\\." + LABEL);
    private static final String LOWER = "[a-z][0-9a-z]*(?:-[0-9a-z]+)*";
    private static final Pattern INTERFACE =
            Pattern.compile(LOWER + ":" + LOWER + "/" + LABEL + "(?:@(?:" + SEMVER + "|" + SHORT_VERSION + "))?");
    private static final Pattern CANONICAL = Pattern.compile(SHORT_VERSION);
    private static final Pattern WHOLE = Pattern.compile(SEMVER);
    // Names of packages to import, which tools emit and the specification of 2026 has no more.
    private static final String PACKAGE = LOWER + ":" + LOWER;
    private static final String HASH = "sha(?:256|384|512)-[0-9a-zA-Z+/]+={0,2}(?:\\?[^ <>]*)?";
    private static final String INTEGRITY = "integrity=< *" + HASH + "(?: +" + HASH + ")* *>";
    private static final String RANGE = "(?:\\*|\\{(?:>=" + SEMVER + "(?: <" + SEMVER + ")?|<" + SEMVER + ")\\})";
    private static final Pattern DEPENDENCY =
            Pattern.compile("unlocked-dep=<" + PACKAGE + "(?:@" + RANGE + ")?>|(?:locked-dep=<" + PACKAGE + "(?:@"
                    + SEMVER + ")?>|url=<[^<>]*>)(?:," + INTEGRITY + ")?|" + INTEGRITY);

    private NameRules() {}

    /** Whether a text may label a field, a case or a parameter. */
    public static boolean label(String text) {
        return LABEL_ONLY.matcher(text).matches();
    }

    /** Whether a text may name an import. */
    public static boolean importName(String text) {
        return exportName(text) || DEPENDENCY.matcher(text).matches();
    }

    /** Whether a text may name an export. */
    public static boolean exportName(String text) {
        return PLAIN.matcher(text).matches() || INTERFACE.matcher(text).matches();
    }

    /** Whether a text names an interface. */
    public static boolean interfaceName(String text) {
        return INTERFACE.matcher(text).matches();
    }

    /** Whether a name ends with a version that is short, and whole with a suffix behind it. */
    static boolean completesVersion(String name, String suffix) {
        int at = name.indexOf('@');
        return at >= 0
                && CANONICAL.matcher(name.substring(at + 1)).matches()
                && WHOLE.matcher(name.substring(at + 1) + suffix).matches();
    }

    /** Names of one scope, which must differ in more than letter case or annotation ("strongly unique"). */
    public static final class Scope {
        private final Set<String> seen = new HashSet<>();

        /** Adds a name; false when it is not strongly unique. */
        public boolean add(String name) {
            return seen.add(key(name));
        }

        private static String key(String name) {
            if (name.indexOf('=') >= 0) {
                return name;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("[") || lower.startsWith("[constructor]")) {
                return lower;
            }
            String bare = lower.substring(lower.indexOf(']') + 1);
            int dot = bare.indexOf('.');
            return dot > 0 && bare.substring(0, dot).equals(bare.substring(dot + 1)) ? bare.substring(0, dot) : bare;
        }
    }
}
