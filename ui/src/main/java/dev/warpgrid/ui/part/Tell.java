package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;

/** Short words about what a click did. */
public final class Tell {
    private static final int DONE_MILLIS = 6_000;
    private static final int PROBLEM_MILLIS = 12_000;

    private Tell() {}

    public static void done(String sentence) {
        show(sentence, Mood.GOOD, DONE_MILLIS, false);
    }

    public static void problem(String sentence) {
        show(sentence, Mood.BAD, PROBLEM_MILLIS, true);
    }

    private static void show(String sentence, Mood mood, int millis, boolean urgent) {
        Span words = new Span(sentence);
        Notification notification = new Notification();
        Span line = new Span(new Glyph(mood.shape()), words);
        line.addClassNames("tell", mood.css());
        notification.add(line);
        notification.setAssertive(urgent);
        notification.setDuration(millis);
        notification.setPosition(Notification.Position.BOTTOM_END);
        notification.open();
    }
}
