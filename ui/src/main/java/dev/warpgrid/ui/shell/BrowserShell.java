package dev.warpgrid.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.function.Consumer;

/** The part of the shell that lives in the browser: key presses and the colour scheme. */
@Tag("warp-shell")
@JsModule("./warp-shell.ts")
final class BrowserShell extends Component {
    private static final long serialVersionUID = 1L;

    BrowserShell(Consumer<String> shortcut, Consumer<String> scheme) {
        listen("warp-shortcut", shortcut);
        listen("warp-scheme", scheme);
    }

    private void listen(String name, Consumer<String> listener) {
        getElement()
                .addEventListener(
                        name,
                        event -> listener.accept(
                                event.getEventData().path("event.detail").asString("")))
                .addEventData("event.detail");
    }

    void chooseScheme(String scheme) {
        getElement().callJsFunction("chooseScheme", scheme);
    }
}
