package dev.warpgrid.ui.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log tail with its tools: text or expression, severity, instance, pause, download. */
public final class LogPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final String ALL_INSTANCES = "All instances";
    private static final int TYPING_MILLIS = 250;

    private final TextField text = new TextField();
    private final NativeButton regex = new NativeButton(".*");
    private final Select<String> level = new Select<>();
    private final Select<String> instance = new Select<>();
    private final NativeButton pause = new NativeButton();
    private final NativeButton download = new NativeButton();
    private final LogTail tail;
    private final transient Consumer<LogFilter> changed;
    private boolean paused;
    private boolean expression;
    private boolean quiet;

    /** @param changed takes each new filter, for the address */
    public LogPanel(String downloadName, Consumer<LogFilter> changed) {
        this.changed = changed;
        tail = new LogTail(this::refused);
        addClassName("log-panel");
        text.setPlaceholder("Filter lines");
        text.setAriaLabel("Filter lines");
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(TYPING_MILLIS);
        text.setPrefixComponent(new Glyph(Glyph.Shape.SEARCH));
        text.addValueChangeListener(event -> apply());
        regex.addClassNames("tool", "mono");
        regex.getElement().setAttribute("title", "Regular expression").setAttribute("aria-label", "Regular expression");
        regex.addClickListener(event -> {
            expression = !expression;
            apply();
        });
        level.setItems(LogFilter.LEVELS);
        level.setItemLabelGenerator(name -> name.equals("trace") ? "All levels" : Mood.words(name) + " +");
        level.setValue(LogFilter.LEVELS.getFirst());
        level.setAriaLabel("Least severity");
        level.addValueChangeListener(event -> apply());
        instance.setItems(List.of(ALL_INSTANCES));
        instance.setValue(ALL_INSTANCES);
        instance.setAriaLabel("Instance");
        instance.addValueChangeListener(event -> apply());
        pause.addClassName("tool");
        pause.addClickListener(event -> pause(!paused));
        download.addClassName("tool");
        download.add(new Glyph(Glyph.Shape.DOWNLOAD));
        download.addClassName("icon-only");
        download.getElement()
                .setAttribute("title", "Download the lines that match")
                .setAttribute("aria-label", "Download the lines that match");
        download.addClickListener(event -> tail.download(downloadName));
        Div tools = new Div(text, regex, level, instance, pause, download);
        tools.addClassName("log-tools");
        add(tools, tail);
        drawPause();
        drawRegex();
    }

    public LogTail tail() {
        return tail;
    }

    /** Sets the tools as an address says, without telling. */
    public void show(LogFilter filter) {
        quiet = true;
        text.setValue(filter.text());
        expression = filter.regex();
        level.setValue(filter.level());
        if (!filter.instance().isEmpty()) {
            instances(List.of(filter.instance()));
            instance.setValue(filter.instance());
        }
        quiet = false;
        drawRegex();
        tail.filter(filter);
    }

    /** The instances one may choose from; a chosen one that is gone stays until another is chosen. */
    public void instances(List<String> ids) {
        String chosen = instance.getValue();
        List<String> items = new ArrayList<>();
        items.add(ALL_INSTANCES);
        items.addAll(ids);
        if (chosen != null && !items.contains(chosen)) {
            items.add(chosen);
        }
        if (!items.equals(instance.getListDataView().getItems().toList())) {
            quiet = true;
            instance.setItems(items);
            instance.setValue(chosen == null ? ALL_INSTANCES : chosen);
            quiet = false;
        }
    }

    private void apply() {
        if (quiet) {
            return;
        }
        drawRegex();
        String chosen = instance.getValue();
        LogFilter filter = new LogFilter(
                text.getValue(),
                expression,
                level.getValue() == null ? "" : level.getValue(),
                chosen == null || chosen.equals(ALL_INSTANCES) ? "" : chosen);
        tail.filter(filter);
        changed.accept(filter);
    }

    private void refused(String reason) {
        text.setInvalid(!reason.isEmpty());
        text.setErrorMessage(reason);
    }

    private void pause(boolean next) {
        paused = next;
        tail.pause(next);
        drawPause();
    }

    private void drawPause() {
        pause.removeAll();
        pause.add(new Glyph(paused ? Glyph.Shape.PLAY : Glyph.Shape.PAUSE));
        pause.add(paused ? "Resume" : "Pause");
        pause.getElement().setAttribute("aria-pressed", String.valueOf(paused));
    }

    private void drawRegex() {
        regex.getElement().setAttribute("aria-pressed", String.valueOf(expression));
    }
}
