package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line of the last minutes in a table row. */
@Tag("warp-spark")
@JsModule("./warp-parts.ts")
public final class Spark extends Component implements HasStyle {
    private static final long serialVersionUID = 1L;

    public void show(List<Double> values) {
        getElement()
                .setAttribute(
                        "points",
                        values.stream()
                                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                                .collect(Collectors.joining(",")));
    }
}
