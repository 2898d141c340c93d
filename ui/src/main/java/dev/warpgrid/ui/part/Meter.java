package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** A bar that fills: used in full colour, reserved lighter behind it, and the words for both above. */
public final class Meter extends Div {
    private static final long serialVersionUID = 1L;
    /** From here on the bar warns. */
    private static final double TIGHT_SHARE = 0.85;

    private final Span label = new Span();
    private final Span words = new Span();
    private final Div reserved = new Div();
    private final Div used = new Div();
    private final Div track = new Div(reserved, used);

    public Meter(String name) {
        addClassName("meter");
        label.setText(name);
        label.addClassName("meter-name");
        words.addClassName("meter-words");
        track.addClassName("meter-track");
        reserved.addClassName("meter-reserved");
        used.addClassName("meter-used");
        track.getElement().setAttribute("role", "meter").setAttribute("aria-label", name.isEmpty() ? "Share" : name);
        track.getElement().setAttribute("aria-valuemin", "0").setAttribute("aria-valuemax", "100");
        add(new Div(label, words), track);
    }

    /**
     * @param usedShare 0 to 1
     * @param reservedShare 0 to 1; below {@code usedShare} it is not seen
     */
    public void show(double usedShare, double reservedShare, String text) {
        words.setText(text);
        used.getStyle().set("width", percent(usedShare));
        reserved.getStyle().set("width", percent(reservedShare));
        double most = Math.max(usedShare, reservedShare);
        setClassName("tight", most >= TIGHT_SHARE);
        track.getElement()
                .setAttribute("aria-valuenow", String.valueOf(Math.round(most * 100)))
                .setAttribute("aria-valuetext", text);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", Math.clamp(share, 0, 1) * 100);
    }
}
