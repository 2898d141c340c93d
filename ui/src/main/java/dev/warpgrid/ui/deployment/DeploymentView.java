package dev.warpgrid.ui.deployment;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.deployments.DeployDialog;
import dev.warpgrid.ui.deployments.DeployPresenter;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.ChartRow;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.EventLines;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.LineChart;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.LogFilter;
import dev.warpgrid.ui.part.LogPanel;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.Range;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Switch;
import dev.warpgrid.ui.part.Tell;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.part.Words;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One deployment. */
@Route(value = Paths.DEPLOYMENTS + "/:namespace/:name", layout = Shell.class)
public final class DeploymentView extends ViewFrame
        implements DeploymentPresenter.Screen, BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final String GROUP = "deployment";
    private static final int MAXIMUM_URLS = 3;

    private final transient DeploymentPresenter presenter;
    private final transient DeployPresenter deploy;
    private final ChartRow charts;
    private final StateText state = new StateText(Mood.IDLE, "");
    private final Span sentence = new Span();
    private final Span facts = new Span();
    private final Span urls = new Span();
    private final Span crumb = new Span();
    private final InstanceGrid instances = new InstanceGrid(false);
    private final EventLines events = new EventLines();
    private final Div definition = box("definition");
    private final Switch<Tab> tabs = new Switch<>("Details", this::choose);
    private final transient Map<Tab, Component> contents = new EnumMap<>(Tab.class);
    private final RevisionList revisions = new RevisionList();
    private final RolloutPanel rollout = new RolloutPanel(revisions);
    private final transient RolloutPresenter rollouts;
    private final LogPanel logs;
    private final Div body = box("deployment");
    private final Section right = new Section();
    private transient String title = "Deployment";
    private transient String definitionShown = "";

    private enum Tab {
        LOGS,
        REVISIONS,
        DEFINITION
    }

    @Inject
    public DeploymentView(
            DeploymentService deployments,
            RolloutService rolloutService,
            InstanceService instanceService,
            EventService eventService,
            ArtifactService artifacts,
            GridService grid,
            SignedInUser user) {
        super("");
        LiveUpdates live = new LiveUpdates(this, this::trouble);
        presenter = new DeploymentPresenter(deployments, instanceService, eventService, user::caller, live, this);
        rollouts = new RolloutPresenter(rolloutService, user::caller, live, rollout);
        rollout.steeredBy(rollouts);
        deploy = new DeployPresenter(artifacts, deployments, grid, user::caller);
        charts = new ChartRow(chartList(), this::choose);
        charts.addClassName("five");
        logs = new LogPanel("warpgrid", this::remember);
        crumb.addClassName("crumb");
        sentence.addClassName("state-sentence");
        facts.addClassName("faint");
        urls.addClassName("urls");
        lead().addComponentAsFirst(crumb);
        lead().add(box("state-line", state, sentence), box("fact-line", urls, facts));
        Div buttons = box(
                "buttons",
                action(DeploymentPresenter.Action.DEPLOY, "New revision", Glyph.Shape.UPLOAD, this::askDeploy),
                action(DeploymentPresenter.Action.SCALE, "Scale", Glyph.Shape.SCALE, this::askScale),
                action(DeploymentPresenter.Action.RESTART, "Restart", Glyph.Shape.RESTART, this::askRestart),
                action(DeploymentPresenter.Action.DELETE, "Delete", Glyph.Shape.DELETE, this::askDelete));
        actions().add(box("actions-column", buttons, charts.tools()));
        tabs.option(Tab.LOGS, "Logs").option(Tab.REVISIONS, "Revisions").option(Tab.DEFINITION, "Definition");
        contents.put(Tab.LOGS, logs);
        contents.put(Tab.REVISIONS, box("scrolls", revisions));
        contents.put(Tab.DEFINITION, box("scrolls", definition));
        right.addClassNames("panel", "tabbed");
        right.add(tabs);
        contents.values().forEach(right::add);
        Div left = box("column", panel("Instances", instances), panel("Events", box("scrolls", events)));
        body.add(rollout, charts, box("columns", left, right));
        add(body);
    }

    private static List<LineChart> chartList() {
        return List.of(
                new LineChart(
                        "Requests per second",
                        LineChart.Unit.RATE,
                        GROUP,
                        new LineChart.Line("requests", "--warp-line-1", true, MetricsWindow.Point::requestsPerSecond)),
                new LineChart(
                        "Latency",
                        LineChart.Unit.MILLIS,
                        GROUP,
                        new LineChart.Line("p50", "--warp-line-3", false, MetricsWindow.Point::p50Millis),
                        new LineChart.Line("p95", "--warp-line-2", false, MetricsWindow.Point::p95Millis),
                        new LineChart.Line("p99", "--warp-line-1", false, MetricsWindow.Point::p99Millis)),
                new LineChart(
                        "Errors per second",
                        LineChart.Unit.RATE,
                        GROUP,
                        new LineChart.Line("errors", "--warp-line-bad", true, MetricsWindow.Point::errorsPerSecond)),
                new LineChart(
                        "Memory",
                        LineChart.Unit.BYTES,
                        GROUP,
                        new LineChart.Line("memory", "--warp-line-2", true, MetricsWindow.Point::memoryBytes)),
                new LineChart(
                        "Instances",
                        LineChart.Unit.COUNT,
                        GROUP,
                        new LineChart.Line("instances", "--warp-line-3", true, MetricsWindow.Point::instances)));
    }

    private Button action(DeploymentPresenter.Action action, String text, Glyph.Shape shape, Runnable ask) {
        Button button = new Button(text, new Glyph(shape), event -> ask.run());
        button.addClassName("action-" + action.name().toLowerCase(java.util.Locale.ROOT));
        presenter.refusal(action).ifPresent(reason -> {
            button.setEnabled(false);
            button.getElement().setAttribute("title", reason);
            button.setTooltipText(reason);
        });
        return button;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        String namespace = event.getRouteParameters().get("namespace").orElse("");
        String name = event.getRouteParameters().get("name").orElse("");
        title = name;
        heading().setText(name);
        crumb.removeAll();
        crumb.add(new Link(Paths.DEPLOYMENTS, "Deployments"), new Glyph(Glyph.Shape.NEXT), new Span(namespace));
        body.setVisible(true);
        logs.tail().clear();
        logs.show(new LogFilter(query("q"), query("regex").equals("1"), query("level"), query("instance")));
        Tab tab = tab(query("tab"));
        tabs.show(tab);
        open(tab);
        rollouts.open(namespace, name);
        presenter.open(namespace, name, Range.of(query("range"), Range.QUARTER));
    }

    @Override
    public String getPageTitle() {
        return title + " · WarpGrid";
    }

    private static Tab tab(String key) {
        for (Tab tab : Tab.values()) {
            if (tab.name().equalsIgnoreCase(key)) {
                return tab;
            }
        }
        return Tab.LOGS;
    }

    private void choose(Tab tab) {
        remember("tab", tab == Tab.LOGS ? "" : tab.name().toLowerCase(java.util.Locale.ROOT));
        open(tab);
    }

    private void open(Tab tab) {
        contents.forEach((one, content) -> content.setVisible(one == tab));
    }

    private void choose(Range range) {
        remember("range", range == Range.QUARTER ? "" : range.key());
        presenter.choose(range);
    }

    private void remember(LogFilter filter) {
        remember("q", filter.text());
        remember("regex", filter.regex() ? "1" : "");
        remember("level", filter.level().equals(LogFilter.LEVELS.getFirst()) ? "" : filter.level());
        remember("instance", filter.instance());
    }

    private void askDeploy() {
        new DeployDialog(deploy, presenter.present()).open();
    }

    private void askScale() {
        IntegerField count = new IntegerField("Instances");
        count.setMin(0);
        count.setMax(DeploymentPresenter.MAXIMUM_INSTANCES);
        count.setStepButtonsVisible(true);
        count.setValue(presenter.desired());
        count.setValueChangeMode(ValueChangeMode.EAGER);
        count.setAutofocus(true);
        Confirm confirm = new Confirm("Scale " + title, "Scale", false, () -> {
            if (count.getValue() != null) {
                presenter.scale(count.getValue());
            }
        });
        count.addValueChangeListener(
                event -> confirm.says(event.getValue() == null ? "" : presenter.scalePreview(event.getValue())));
        confirm.says(presenter.scalePreview(presenter.desired())).asks(count).open();
    }

    private void askRestart() {
        new Confirm("Restart " + title, "Restart", false, presenter::restart)
                .says(presenter.restartPreview())
                .open();
    }

    private void askDelete() {
        new Confirm("Delete " + title, "Delete", true, presenter::delete)
                .says(presenter.deletePreview())
                .open();
    }

    @Override
    public void deployment(Deployment deployment) {
        DeploymentStatus status = deployment.status();
        if (status == null) {
            state.show(Mood.IDLE, "Not reported yet");
            sentence.setText("No node has spoken of it yet.");
        } else {
            state.show(Mood.of(status.state()), Mood.words(status.state().name()));
            sentence.setText(status.sentence());
            facts.setText(status.readyInstances() + " of " + Words.plural(status.desiredInstances(), "instance")
                    + " ready · revision " + status.revision() + " · "
                    + Words.plural(status.restarts(), "restart") + " · " + Words.bytes(status.memoryBytes()));
            urls(status.urls());
        }
        String text = DefinitionText.of(deployment);
        if (!text.equals(definitionShown)) {
            definitionShown = text;
            definition.removeAll();
            definition.add(DefinitionText.facts(deployment));
        }
    }

    private void urls(List<String> all) {
        urls.removeAll();
        all.stream().limit(MAXIMUM_URLS).forEach(url -> {
            Anchor link = new Anchor(url, new Span(url), new Glyph(Glyph.Shape.LINK));
            link.setTarget("_blank");
            link.getElement().setAttribute("router-ignore", "").setAttribute("rel", "noopener");
            urls.add(link);
        });
    }

    @Override
    public void gone(String reason) {
        state.show(Mood.IDLE, "Not there");
        sentence.setText(reason);
        facts.setText("");
        urls.removeAll();
        rollouts.close();
        body.setVisible(false);
        actions().setVisible(false);
        add(new EmptyState("Its name can be used again:", EmptyState.command("warp deploy " + title + ".wasm")));
    }

    @Override
    public void range(Range range) {
        charts.range(range);
    }

    @Override
    public void metrics(MetricsWindow window) {
        charts.show(window);
    }

    @Override
    public void instances(List<InstanceView> all) {
        instances.show(all);
        logs.instances(all.stream().map(InstanceView::id).toList());
    }

    @Override
    public void log(List<LogEntry> lines, long dropped) {
        logs.tail().take(lines, dropped);
    }

    @Override
    public void events(List<EventView> newestFirst) {
        events.show(newestFirst);
    }

    @Override
    public void done(String what) {
        Tell.done(what);
    }

    @Override
    public void deleted(String what) {
        // In this order: navigation closes what is open.
        UI.getCurrent().navigate(Paths.DEPLOYMENTS);
        Tell.done(what);
    }

    @Override
    public void problem(String what) {
        Tell.problem(what);
    }
}
