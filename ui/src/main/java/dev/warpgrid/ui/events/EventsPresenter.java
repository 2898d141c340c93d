package dev.warpgrid.ui.events;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.ui.live.Live;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The newest events, filtered by text and severity. */
final class EventsPresenter {
    /** Older ones are gone from this page, not from the server. */
    static final int MAXIMUM_KEPT = EventService.MAXIMUM_LIMIT;
    /** What is drawn; the filter looks at all that are kept. */
    static final int MAXIMUM_SHOWN = 200;

    private final EventService events;
    private final Caller caller;
    private final Live live;
    private final Screen screen;
    private final Deque<EventView> kept = new ArrayDeque<>();
    private Filter filter = new Filter("", EventView.Severity.INFO);
    private boolean started;

    /** What the presenter shows on. */
    interface Screen {
        /**
         * @param newestFirst at most {@link #MAXIMUM_SHOWN}
         * @param matching how many match
         * @param of how many there are
         */
        void events(List<EventView> newestFirst, int matching, int of);
    }

    /**
     * Which events are seen.
     *
     * @param text in reason, message, deployment or node
     * @param least the least severe that is shown
     */
    record Filter(String text, EventView.Severity least) {
        boolean matches(EventView event) {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            return event.severity().compareTo(least) >= 0
                    && (has(event.reason(), wanted)
                            || has(event.message(), wanted)
                            || has(event.namespace() + "/" + event.deployment(), wanted)
                            || has(Objects.requireNonNullElse(event.node(), ""), wanted)
                            || has(Objects.requireNonNullElse(event.instance(), ""), wanted));
        }

        private static boolean has(String text, String wanted) {
            return text.toLowerCase(Locale.ROOT).contains(wanted);
        }
    }

    EventsPresenter(EventService events, Caller caller, Live live, Screen screen) {
        this.events = events;
        this.caller = caller;
        this.live = live;
        this.screen = screen;
    }

    void start(Filter first) {
        filter = first;
        if (started) {
            show();
            return;
        }
        started = true;
        live.<EventView>follow(
                listener -> events.watch(caller, EventFilter.all(), before(), listener), (items, lost) -> {
                    items.forEach(this::keep);
                    show();
                });
        show();
    }

    void filter(Filter next) {
        filter = next;
        show();
    }

    private long before() {
        List<EventView> newest = events.latest(caller, EventFilter.all(), MAXIMUM_KEPT);
        return newest.isEmpty() ? 0 : newest.getFirst().id() - 1;
    }

    private void keep(EventView event) {
        kept.removeIf(known -> known.id() == event.id());
        kept.addFirst(event);
        while (kept.size() > MAXIMUM_KEPT) {
            kept.removeLast();
        }
    }

    private void show() {
        List<EventView> matching = kept.stream().filter(filter::matches).toList();
        screen.events(matching.stream().limit(MAXIMUM_SHOWN).toList(), matching.size(), kept.size());
    }
}
