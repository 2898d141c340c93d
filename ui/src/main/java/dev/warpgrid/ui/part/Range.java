package dev.warpgrid.ui.part;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How far back charts reach. */
public enum Range {
    FIVE_MINUTES("5m", "5 min"),
    QUARTER("15m", "15 min"),
    HOUR("1h", "1 h");

    private final String key;
    private final String words;

    Range(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /** As it stands in an address. */
    public String key() {
        return key;
    }

    public String words() {
        return words;
    }

    public Duration duration() {
        return switch (this) {
            case FIVE_MINUTES -> Duration.ofMinutes(5);
            case QUARTER -> Duration.ofMinutes(15);
            case HOUR -> Duration.ofHours(1);
        };
    }

    public int seconds() {
        return (int) duration().toSeconds();
    }

    /** @return {@code otherwise} for an unknown or missing key */
    public static Range of(@Nullable String key, Range otherwise) {
        return Arrays.stream(values())
                .filter(range -> range.key.equals(key))
                .findFirst()
                .orElse(otherwise);
    }
}
