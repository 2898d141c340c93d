package dev.warpgrid.ui.part;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import dev.warpgrid.api.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A live line chart. After the first window only the points that are new go to the browser. */
@Tag("warp-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./warp-chart.ts")
public final class LineChart extends Component implements HasStyle {
    private static final long serialVersionUID = 1L;
    /** The last interval is still filling when it is first seen, so it is sent again. */
    private static final int STEPS_SENT_AGAIN = 2;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String heading;
    private final Unit unit;
    private final String group;
    private final List<Line> lines;
    private @Nullable MetricsWindow window;
    private Duration range = Duration.ZERO;
    private @Nullable Instant sentTo;

    /** How values are written. */
    public enum Unit {
        RATE,
        MILLIS,
        BYTES,
        COUNT
    }

    /**
     * One line.
     *
     * @param token the theme's colour for it
     */
    public record Line(String name, String token, boolean area, ToDoubleFunction<MetricsWindow.Point> value) {}

    /** @param group charts of one group share a crosshair */
    public LineChart(String heading, Unit unit, String group, Line... lines) {
        this.heading = heading;
        this.unit = unit;
        this.group = group;
        this.lines = List.of(lines);
    }

    /** @param shown how far back the axis reaches from the newest point */
    public void show(MetricsWindow next, Duration shown) {
        boolean other =
                !shown.equals(range) || (window != null && !window.step().equals(next.step()));
        window = next;
        range = shown;
        if (other) {
            sentTo = null;
        }
        if (isAttached()) {
            send(next);
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        ArrayNode series = JSON.arrayNode();
        lines.forEach(line -> series.add(JSON.objectNode()
                .put("name", line.name())
                .put("token", line.token())
                .put("area", line.area())));
        getElement()
                .callJsFunction("configure", heading, unit.name().toLowerCase(java.util.Locale.ROOT), group, series);
        sentTo = null;
        if (window != null) {
            send(window);
        }
    }

    private void send(MetricsWindow next) {
        if (next.points().isEmpty()) {
            return;
        }
        Instant newest = next.points().getLast().at();
        Instant after = sentTo == null ? Instant.MIN : sentTo.minus(next.step().multipliedBy(STEPS_SENT_AGAIN));
        ObjectNode frame = JSON.objectNode()
                .put("from", newest.minus(range).toEpochMilli())
                .put("to", newest.toEpochMilli())
                .put("replace", sentTo == null);
        ArrayNode rows = frame.putArray("rows");
        for (MetricsWindow.Point point : next.points()) {
            if (point.at().isAfter(after)) {
                ArrayNode row = rows.addArray().add(point.at().toEpochMilli());
                lines.forEach(line -> row.add(line.value().applyAsDouble(point)));
            }
        }
        sentTo = newest;
        getElement().callJsFunction("show", frame);
    }
}
