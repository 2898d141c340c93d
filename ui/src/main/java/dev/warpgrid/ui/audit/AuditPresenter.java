package dev.warpgrid.ui.audit;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import dev.warpgrid.api.AuditService;
import dev.warpgrid.api.Caller;
import dev.warpgrid.ui.live.Live;
import java.time.Duration;
import java.util.List;

/** Who did this? */
final class AuditPresenter {
    static final Duration PERIOD = Duration.ofSeconds(5);
    /** What a page holds; a narrower question finds the older ones. */
    static final int MAXIMUM_SHOWN = 200;

    private final AuditService audit;
    private final Caller caller;
    private final Live live;
    private final Screen screen;
    private volatile Question question = new Question("", false);
    private boolean started;

    /** What the presenter shows on. */
    interface Screen {
        /** @param newestFirst at most {@link #MAXIMUM_SHOWN} */
        void entries(List<AuditEntry> newestFirst, boolean more);
    }

    /** @param text part of a name, a reason or what changed; a whole action finds that action */
    record Question(String text, boolean refusedOnly) {}

    AuditPresenter(AuditService audit, Caller caller, Live live, Screen screen) {
        this.audit = audit;
        this.caller = caller;
        this.live = live;
        this.screen = screen;
    }

    void start(Question first) {
        question = first;
        if (!started) {
            started = true;
            live.every(PERIOD, this::read, this::show);
        }
    }

    /** Shows the answer at once. */
    void ask(Question next) {
        question = next;
        show(read());
    }

    private List<AuditEntry> read() {
        Question asked = question;
        String text = asked.text().strip();
        boolean action = text.matches("[a-z-]+(?:\\.[a-z-]+)+");
        return audit.list(
                caller,
                new AuditFilter(
                        null,
                        action ? text : null,
                        null,
                        asked.refusedOnly() ? AuditEntry.Outcome.REFUSED : null,
                        action || text.isEmpty() ? null : text,
                        null,
                        null),
                null,
                MAXIMUM_SHOWN + 1);
    }

    private void show(List<AuditEntry> found) {
        screen.entries(found.stream().limit(MAXIMUM_SHOWN).toList(), found.size() > MAXIMUM_SHOWN);
    }
}
