package dev.warpgrid.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;

/** A small line drawing. It never speaks for itself: the words stand beside it. */
@Tag("span")
public final class Glyph extends Component implements HasStyle {
    private static final long serialVersionUID = 1L;

    /** The drawings, on a field of 16 by 16. */
    public enum Shape {
        /** The product's own: warp threads crossed by a weft. */
        MARK(
                "<path d='m1.500 3.500 2.700 9L8 5l3.800 7.500 2.700-9'/><path d='M1 8.500h1.400M4.900 8.500H6.600M9.400 8.500h1.700M13.600 8.500H15'/>"),
        OVERVIEW("<path d='M2.5 9.5a5.5 5.5 0 0 1 11 0'/><path d='M8 9.5 10.6 6'/><path d='M4 12.5h8'/>"),
        DEPLOYMENTS("<path d='m8 2 5.5 3L8 8 2.5 5z'/><path d='m2.5 8 5.5 3 5.5-3'/><path d='m2.5 11 5.5 3 5.5-3'/>"),
        NODES("<rect x='2.5' y='3' width='11' height='4' rx='1'/><rect x='2.5' y='9' width='11' height='4' rx='1'/>"
                + "<path d='M5 5h.01M5 11h.01'/>"),
        LOGS("<path d='M3 4h10M3 8h7M3 12h9'/>"),
        EVENTS("<path d='M8 4.5V8l2.5 1.5'/><circle cx='8' cy='8' r='5.5'/>"),
        CHECK("<circle cx='8' cy='8' r='5.5'/><path d='m5.5 8 1.8 1.8 3.2-3.5'/>"),
        BUSY("<path d='M13.5 8A5.5 5.5 0 1 1 9.5 2.7'/><path d='M8 5v3l2 1.2'/>"),
        WARN("<path d='M8 2.5 14 13H2z'/><path d='M8 6.5v3M8 11.3h.01'/>"),
        BAD("<path d='M5.7 2.5h4.6l3.2 3.2v4.6l-3.2 3.2H5.7l-3.2-3.2V5.7z'/><path d='m6 6 4 4m0-4-4 4'/>"),
        IDLE("<circle cx='8' cy='8' r='5.5'/><path d='M5.5 8h5'/>"),
        SEARCH("<circle cx='7' cy='7' r='4'/><path d='m10 10 3.5 3.5'/>"),
        PLAY("<path d='M5 3.5v9l7-4.5z'/>"),
        PAUSE("<path d='M5.5 4v8M10.5 4v8'/>"),
        DOWNLOAD("<path d='M8 2.5v7M5 7l3 3 3-3M3 13h10'/>"),
        UPLOAD("<path d='M8 10V3M5 5.5l3-3 3 3M3 13h10'/>"),
        PLUS("<path d='M8 3v10M3 8h10'/>"),
        SCALE("<path d='M9.5 2.5h4v4M13.5 2.5l-5 5M6.5 13.5h-4v-4M2.5 13.5l5-5'/>"),
        RESTART("<path d='M13 8a5 5 0 1 1-1.6-3.7L13 6M13 2.8V6H9.8'/>"),
        DELETE("<path d='M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9'/>"),
        LINK("<path d='M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.5 2.5 7 9'/>"),
        COPY("<rect x='5.5' y='5.5' width='8' height='8' rx='1'/><path d='M10.5 5.5v-3h-8v8h3'/>"),
        MENU("<path d='M2.5 4.5h11M2.5 8h11M2.5 11.5h11'/>"),
        USER("<circle cx='8' cy='5.5' r='2.5'/><path d='M3 13.5c.6-2.6 2.6-4 5-4s4.400 1.400 5 4'/>"),
        KEY("<circle cx='5.5' cy='10.5' r='3'/><path d='m7.700 8.300 5.300-5.300M10.500 5.500l2 2M12.500 3.500l1 1'/>"),
        TRAIL("<path d='M4 2.500h6l2.500 2.500v8.500H4z'/><path d='M6.500 7h4M6.500 10h4'/>"),
        NEXT("<path d='m6 3.500 4.500 4.500L6 12.500'/>");

        private final String drawing;

        Shape(String drawing) {
            this.drawing = drawing;
        }
    }

    public Glyph(Shape shape) {
        addClassName("glyph");
        getElement().setAttribute("aria-hidden", "true");
        show(shape);
    }

    public void show(Shape shape) {
        getElement()
                .setProperty(
                        "innerHTML",
                        "<svg viewBox='0 0 16 16' width='16' height='16' fill='none' stroke='currentColor' stroke-width='1.4'"
                                + " stroke-linecap='round' stroke-linejoin='round'>" + shape.drawing + "</svg>");
    }
}
