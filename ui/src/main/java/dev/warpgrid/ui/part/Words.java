package dev.warpgrid.ui.part;

import java.util.Locale;

/** Numbers as people read them, the same as in the browser's {@code warp-format.ts}. */
public final class Words {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Words() {}

    /** For example {@code 64 MiB}, {@code 1.5 GiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        boolean whole = value >= 100 || unit == 0 || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** Per second, for example {@code 1,204}, {@code 3.4}, {@code 0.05}. */
    public static String rate(double perSecond) {
        if (perSecond == 0) {
            return "0";
        }
        if (perSecond < 10) {
            return String.format(Locale.ROOT, perSecond < 1 ? "%.2f" : "%.1f", perSecond);
        }
        return String.format(Locale.ROOT, "%,d", Math.round(perSecond));
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    public static String share(double share) {
        return Math.round(share * 100) + " %";
    }

    /** {@code 1 node}, {@code 3 nodes}. */
    public static String plural(long count, String one) {
        return count(count) + " " + (count == 1 ? one : one + "s");
    }

    /** A digest short enough to compare by eye. */
    public static String digest(String digest) {
        int colon = digest.indexOf(':');
        String hex = digest.substring(colon + 1);
        return hex.length() > 12 ? hex.substring(0, 12) : hex;
    }
}
