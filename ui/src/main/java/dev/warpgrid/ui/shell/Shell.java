package dev.warpgrid.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.RouterLayout;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Switch;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Navigation at the side (at the bottom on a narrow page), with the grid's health and the connection always in sight. */
public final class Shell extends Div implements RouterLayout, AfterNavigationObserver {
    private static final long serialVersionUID = 1L;
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final String SIGN_OUT = "/logout";

    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Main content = new Main();
    private final ConnectionState connection = new ConnectionState();
    private final StateText health = new StateText(Mood.IDLE, "Reading");
    private final Switch<String> schemes = new Switch<>("Colour scheme", this::chooseScheme);
    private final BrowserShell browser = new BrowserShell(this::shortcut, schemes::show);
    private final CommandPalette palette;
    private final transient SignedInUser user;

    @Inject
    public Shell(GridService grid, DeploymentService deployments, NodeService nodes, SignedInUser user) {
        this.user = user;
        addClassName("shell");
        PalettePresenter finder = new PalettePresenter(deployments, nodes);
        palette = new CommandPalette(text -> finder.find(user.caller(), text));
        content.setId("content");
        Anchor skip = new Anchor("#content", "Skip to content");
        skip.addClassName("skip");
        skip.getElement().setAttribute("router-ignore", "");
        add(skip, side(), content, browser, palette);
        Caller caller = user.caller();
        LiveUpdates live = new LiveUpdates(this, sentence -> {});
        live.every(BEAT, () -> grid.status(caller), this::show);
    }

    @Override
    public void showRouterLayoutContent(HasElement view) {
        content.getElement().removeAllChildren();
        content.getElement().appendChild(view.getElement());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        String path = event.getLocation().getPath();
        links.forEach((target, link) -> {
            boolean here = target.isEmpty() ? path.isEmpty() : path.equals(target) || path.startsWith(target + "/");
            if (here) {
                link.getElement().setAttribute("aria-current", "page");
            } else {
                link.getElement().removeAttribute("aria-current");
            }
        });
    }

    private void show(GridStatus status) {
        connection.beat();
        health.show(status.healthy() ? Mood.GOOD : Mood.WARN, status.healthy() ? "Healthy" : "Needs a look");
        health.getElement().setAttribute("title", status.sentence());
    }

    private Component side() {
        Link home = new Link(Paths.OVERVIEW, new Glyph(Glyph.Shape.MARK), new Span("WarpGrid"));
        home.addClassName("wordmark");
        NativeButton search = new NativeButton();
        search.addClassName("search-button");
        Span hint = new Span("Go to");
        Span key = new Span("Ctrl K");
        key.addClassName("key");
        search.add(new Glyph(Glyph.Shape.SEARCH), hint, key);
        search.getElement().setAttribute("aria-label", "Go to a view, deployment or node");
        search.addClickListener(event -> palette.show());
        Nav nav = new Nav();
        nav.getElement().setAttribute("aria-label", "Views");
        nav.add(link(Paths.OVERVIEW, "Overview", Glyph.Shape.OVERVIEW));
        nav.add(link(Paths.DEPLOYMENTS, "Deployments", Glyph.Shape.DEPLOYMENTS));
        nav.add(link(Paths.NODES, "Nodes", Glyph.Shape.NODES));
        nav.add(link(Paths.LOGS, "Logs", Glyph.Shape.LOGS));
        nav.add(link(Paths.EVENTS, "Events", Glyph.Shape.EVENTS));
        nav.add(link(Paths.ACCESS, "Access", Glyph.Shape.KEY));
        nav.add(link(Paths.AUDIT, "Audit", Glyph.Shape.TRAIL));
        Div state = new Div(health, connection);
        state.addClassName("side-state");
        Header side = new Header(home, search, nav, state, userButton());
        side.addClassName("side");
        return side;
    }

    private Link link(String path, String text, Glyph.Shape shape) {
        Link link = new Link(path, new Glyph(shape), new Span(text));
        links.put(path, link);
        return link;
    }

    private Component userButton() {
        Caller caller = user.caller();
        Span name = new Span(caller.name());
        NativeButton button = new NativeButton();
        button.addClassName("user-button");
        button.getElement().setAttribute("aria-label", "Menu of " + caller.name());
        button.add(new Glyph(Glyph.Shape.USER), name);
        button.setId("user-button");
        schemes.option("system", "System").option("light", "Light").option("dark", "Dark");
        Span who = new Span("Signed in as " + caller.name());
        who.addClassName("faint");
        NativeButton keys = new NativeButton("Keyboard shortcuts", event -> new ShortcutList().open());
        keys.addClassName("menu-item");
        Anchor out = new Anchor(SIGN_OUT, "Sign out");
        out.getElement().setAttribute("router-ignore", "");
        out.addClassName("menu-item");
        Popover menu = new Popover(who, schemes, keys, out);
        menu.addClassName("user-menu");
        menu.setTarget(button);
        menu.setPosition(PopoverPosition.TOP_START);
        menu.setAriaLabel("User menu");
        add(menu);
        return button;
    }

    private void chooseScheme(String scheme) {
        browser.chooseScheme(scheme);
    }

    private void shortcut(String keys) {
        UI ui = UI.getCurrent();
        switch (keys) {
            case "palette" -> palette.show();
            case "?" -> new ShortcutList().open();
            case "go" -> ui.navigate(Paths.OVERVIEW);
            case "gd" -> ui.navigate(Paths.DEPLOYMENTS);
            case "gn" -> ui.navigate(Paths.NODES);
            case "gl" -> ui.navigate(Paths.LOGS);
            case "ge" -> ui.navigate(Paths.EVENTS);
            case "ga" -> ui.navigate(Paths.ACCESS);
            case "gt" -> ui.navigate(Paths.AUDIT);
            default -> {
                // A chord nobody owns does nothing.
            }
        }
    }
}
