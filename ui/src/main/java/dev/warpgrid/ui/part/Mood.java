package dev.warpgrid.ui.part;

import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.NodeView;
import java.util.Locale;

/** What a state means to the eye: a colour and a glyph of its own shape, so that colour never stands alone. */
public enum Mood {
    GOOD(Glyph.Shape.CHECK),
    BUSY(Glyph.Shape.BUSY),
    WARN(Glyph.Shape.WARN),
    BAD(Glyph.Shape.BAD),
    IDLE(Glyph.Shape.IDLE);

    private final Glyph.Shape shape;

    Mood(Glyph.Shape shape) {
        this.shape = shape;
    }

    public Glyph.Shape shape() {
        return shape;
    }

    /** The class name the theme knows it by. */
    public String css() {
        return "mood-" + name().toLowerCase(Locale.ROOT);
    }

    public static Mood of(DeploymentStatus.State state) {
        return switch (state) {
            case READY -> GOOD;
            case PROGRESSING -> BUSY;
            case DEGRADED -> WARN;
            case UNAVAILABLE -> BAD;
        };
    }

    public static Mood of(NodeView.State state) {
        return switch (state) {
            case READY -> GOOD;
            case SUSPECTED -> WARN;
            case LOST -> BAD;
        };
    }

    public static Mood of(EventView.Severity severity) {
        return switch (severity) {
            case INFO -> IDLE;
            case WARNING -> WARN;
            case ERROR -> BAD;
        };
    }

    /** An instance's state comes as text, and a newer server may know more of them. */
    public static Mood ofInstance(String state, boolean reachable) {
        if (!reachable) {
            return WARN;
        }
        return switch (state) {
            case "RUNNING" -> GOOD;
            case "ASSIGNED", "PENDING", "STARTING" -> BUSY;
            case "BACKING_OFF" -> WARN;
            case "FAILED" -> BAD;
            default -> IDLE;
        };
    }

    /** {@code BACKING_OFF} as {@code Backing off}. */
    public static String words(String state) {
        String lower = state.toLowerCase(Locale.ROOT).replace('_', ' ');
        return lower.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }
}
