package dev.warpgrid.control.rollout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of instances, or a share of those asked for: {@code 2}, {@code 25%}. */
public record Amount(int value, boolean percent) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})(%?)");
    private static final int MAXIMUM = 1000;
    private static final int WHOLE = 100;

    public Amount {
        if (value < 0 || value > (percent ? WHOLE : MAXIMUM)) {
            throw new IllegalArgumentException("A number of instances lies between 0 and " + MAXIMUM
                    + " or between 0% and 100%, and this one is " + value + (percent ? "%" : "") + ".");
        }
    }

    /** @throws IllegalArgumentException with the remedy, if the text is neither a number nor a percentage */
    public static Amount parse(String text) {
        Matcher match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no number of instances: write one such as 2, or a share such as 25%.");
        }
        return new Amount(Integer.parseInt(match.group(1)), !match.group(2).isEmpty());
    }

    /** Of {@code instances}, a broken share rounded up. */
    public int roundedUp(int instances) {
        return percent ? Math.ceilDiv(value * instances, WHOLE) : value;
    }

    /** Of {@code instances}, a broken share rounded down. */
    public int roundedDown(int instances) {
        return percent ? value * instances / WHOLE : value;
    }

    @Override
    public String toString() {
        return value + (percent ? "%" : "");
    }
}
