package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import dev.warpgrid.api.MetricsWindow;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Charts over the same time, with one switch for how far back they reach and one for pause. A pause lasts until it is ended. */
public final class ChartRow extends Div {
    private static final long serialVersionUID = 1L;

    private final transient List<LineChart> charts;
    private final Switch<Range> ranges;
    private final NativeButton pause = new NativeButton();
    private final Div tools = new Div();
    private @Nullable MetricsWindow newest;
    private Range range = Range.QUARTER;
    private boolean paused;

    public ChartRow(List<LineChart> charts, Consumer<Range> chosen) {
        this.charts = List.copyOf(charts);
        addClassName("chart-row");
        ranges = new Switch<>("Time range", chosen);
        for (Range option : Range.values()) {
            ranges.option(option, option.words());
        }
        tools.addClassName("chart-tools");
        tools.add(ranges, pause);
        pause.addClassName("tool");
        pause.addClickListener(event -> pause(!paused));
        drawPause();
        charts.forEach(this::add);
    }

    /** The switches, for the view to place. */
    public Div tools() {
        return tools;
    }

    public void range(Range next) {
        range = next;
        ranges.show(next);
    }

    public void show(MetricsWindow window) {
        newest = window;
        if (!paused) {
            charts.forEach(chart -> chart.show(window, range.duration()));
        }
    }

    private void pause(boolean next) {
        paused = next;
        drawPause();
        setClassName("paused", paused);
        MetricsWindow window = newest;
        if (!paused && window != null) {
            show(window);
        }
    }

    private void drawPause() {
        pause.removeAll();
        pause.add(new Glyph(paused ? Glyph.Shape.PLAY : Glyph.Shape.PAUSE));
        pause.add(paused ? "Resume charts" : "Pause charts");
        pause.getElement().setAttribute("aria-pressed", String.valueOf(paused));
    }
}
