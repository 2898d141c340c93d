package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;

/** How long ago, kept up to date by the browser; the exact time on hover. */
@Tag("warp-time")
@JsModule("./warp-parts.ts")
public final class TimeText extends Component implements HasStyle {
    private static final long serialVersionUID = 1L;

    public TimeText(Instant at) {
        show(at);
    }

    public void show(Instant at) {
        getElement().setAttribute("at", at.toString());
    }
}
