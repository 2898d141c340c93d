package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Span;

/** A state: glyph, word and colour, all three saying the same. */
public final class StateText extends Span {
    private static final long serialVersionUID = 1L;

    private final Glyph glyph = new Glyph(Glyph.Shape.IDLE);
    private final Span word = new Span();
    private Mood mood = Mood.IDLE;

    public StateText() {
        addClassNames("state", mood.css());
        add(glyph, word);
    }

    public StateText(Mood mood, String text) {
        this();
        show(mood, text);
    }

    public void show(Mood next, String text) {
        if (next != mood) {
            removeClassName(mood.css());
            addClassName(next.css());
            mood = next;
        }
        glyph.show(next.shape());
        word.setText(text);
    }
}
