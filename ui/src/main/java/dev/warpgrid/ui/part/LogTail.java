package dev.warpgrid.ui.part;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.warpgrid.api.LogEntry;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Log lines as they come. The browser keeps, filters and draws them; the server keeps none. */
@Tag("warp-logs")
@JsModule("./warp-logs.ts")
public final class LogTail extends Component {
    private static final long serialVersionUID = 1L;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LogFilter filter = LogFilter.all();

    /** @param refused takes why an expression could not be read; empty when it can */
    public LogTail(Consumer<String> refused) {
        getElement()
                .addEventListener(
                        "warp-filter-error",
                        event -> refused.accept(
                                event.getEventData().path("event.detail").asString("")))
                .addEventData("event.detail");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        filter(filter);
    }

    public void take(List<LogEntry> entries, long dropped) {
        ArrayNode lines = JSON.arrayNode();
        entries.forEach(entry -> lines.add(JSON.objectNode()
                .put("at", entry.at().toString())
                .put("instance", entry.instance())
                .put("revision", entry.revision())
                .put("node", entry.node())
                .put("stream", entry.stream())
                .put("level", entry.level())
                .put("text", entry.text())));
        getElement().callJsFunction("take", lines, dropped);
    }

    public void clear() {
        getElement().callJsFunction("clear");
    }

    public void filter(LogFilter next) {
        filter = next;
        getElement().callJsFunction("filter", next.text(), next.regex(), next.level(), next.instance());
    }

    public void pause(boolean paused) {
        getElement().callJsFunction("pause", paused);
    }

    /** @param name begins the file's name */
    public void download(String name) {
        getElement().callJsFunction("download", name);
    }
}
