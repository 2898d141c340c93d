package dev.warpgrid.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Whether the page still hears the server. The browser judges by the beats it gets. */
@Tag("warp-connection")
@JsModule("./warp-shell.ts")
final class ConnectionState extends Component {
    private static final long serialVersionUID = 1L;

    void beat() {
        getElement().callJsFunction("beat");
    }
}
