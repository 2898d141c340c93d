package dev.warpgrid.server.service;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}, or ISO-8601. */
public final class DurationText {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,10})(ms|s|m|h|d)");

    private DurationText() {}

    /** @throws IllegalArgumentException with the remedy, if the text is no duration */
    public static Duration parse(String text) {
        Matcher match = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (match.matches()) {
            long amount = Long.parseLong(match.group(1));
            return switch (match.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no duration: write a number and ms, s, m, h or d, such as 30s.", e);
        }
    }

    /** The shortest form in whole numbers, which {@link #parse} reads back. */
    public static String write(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
