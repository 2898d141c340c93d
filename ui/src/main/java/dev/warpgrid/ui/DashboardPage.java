package dev.warpgrid.ui;

import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/**
 * The page every view lives in. Clicks come by XHR, so that they carry the request's security context; only pushes use the
 * web socket.
 */
@Push(transport = Transport.WEBSOCKET_XHR)
@Viewport("width=device-width, initial-scale=1")
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("warpgrid/theme.css")
@NpmPackage(value = "@fontsource-variable/inter", version = "5.3.0")
@NpmPackage(value = "@fontsource-variable/jetbrains-mono", version = "5.3.0")
@CssImport("./warp-fonts.css")
public class DashboardPage implements AppShellConfigurator {
    private static final long serialVersionUID = 1L;

    /** Runs before the first paint, so that a chosen scheme never flashes the other one. */
    private static final String EARLY_SCHEME = """
            try {
              const scheme = localStorage.getItem('warpgrid.scheme');
              if (scheme) { document.documentElement.style.colorScheme = scheme; document.documentElement.dataset.scheme = scheme; }
            } catch (e) { /* storage is barred: the system's scheme stays */ }
            """;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("WarpGrid");
        settings.addLink("icon", "warpgrid/favicon.svg");
        settings.addMetaTag("color-scheme", "light dark");
        settings.addInlineWithContents(Inline.Position.PREPEND, EARLY_SCHEME, Inline.Wrapping.JAVASCRIPT);
    }
}
