package dev.warpgrid.ui.shell;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code ?} shows. */
final class ShortcutList extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Map<String, String> SHORTCUTS = new LinkedHashMap<>();

    static {
        SHORTCUTS.put("Ctrl K", "Go to any view, deployment or node");
        SHORTCUTS.put("/", "Search on this page");
        SHORTCUTS.put("g o", "Overview");
        SHORTCUTS.put("g d", "Deployments");
        SHORTCUTS.put("g n", "Nodes");
        SHORTCUTS.put("g l", "Logs");
        SHORTCUTS.put("g e", "Events");
        SHORTCUTS.put("g a", "Access");
        SHORTCUTS.put("g t", "Audit trail");
        SHORTCUTS.put("← →", "Move the crosshair of a focused chart");
        SHORTCUTS.put("Esc", "Close what is open");
        SHORTCUTS.put("?", "This list");
    }

    ShortcutList() {
        setHeaderTitle("Keyboard shortcuts");
        setWidth("420px");
        DescriptionList list = new DescriptionList();
        list.addClassName("shortcuts");
        SHORTCUTS.forEach((keys, meaning) -> {
            DescriptionList.Term term = new DescriptionList.Term();
            SPACE.splitAsStream(keys).forEach(key -> {
                Span cap = new Span(key);
                cap.addClassName("key");
                term.add(cap);
            });
            list.add(term, new DescriptionList.Description(meaning));
        });
        NativeButton close = new NativeButton("Close", event -> close());
        close.addClassName("tool");
        add(list);
        getFooter().add(close);
    }
}
