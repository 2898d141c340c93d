package dev.warpgrid.ui.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.NamespaceUsage;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.QuotaService;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.ChartRow;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.EventLines;
import dev.warpgrid.ui.part.LineChart;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.Meter;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.Range;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.part.Words;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.List;

/** The first screen. */
@Route(value = Paths.OVERVIEW, layout = Shell.class)
@PageTitle("Overview · WarpGrid")
public final class OverviewView extends ViewFrame implements OverviewPresenter.Screen, BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String GROUP = "overview";

    private final transient OverviewPresenter presenter;
    private final ChartRow charts;
    private final StateText sentence = new StateText(Mood.IDLE, "Reading the grid's state");
    private final Span counts = new Span();
    private final UnorderedList attention = new UnorderedList();
    private final EventLines events = new EventLines();
    private final Meter memory = new Meter("Memory");
    private final Meter processor = new Meter("Processor");
    private final Div nodes = box("capacity-nodes");
    private final Div quotas = box("capacity-nodes");
    private final Section quotaPanel = panel("Quotas", quotas);

    @Inject
    public OverviewView(
            GridService grid,
            DeploymentService deployments,
            NodeService nodes,
            EventService events,
            QuotaService quotas,
            SignedInUser user) {
        super("Overview");
        LiveUpdates live = new LiveUpdates(this, this::trouble);
        presenter = new OverviewPresenter(grid, deployments, nodes, events, quotas, user.caller(), live, this);
        charts = new ChartRow(
                List.of(
                        new LineChart(
                                "Requests per second",
                                LineChart.Unit.RATE,
                                GROUP,
                                new LineChart.Line(
                                        "requests", "--warp-line-1", true, MetricsWindow.Point::requestsPerSecond)),
                        new LineChart(
                                "Errors per second",
                                LineChart.Unit.RATE,
                                GROUP,
                                new LineChart.Line(
                                        "errors", "--warp-line-bad", true, MetricsWindow.Point::errorsPerSecond)),
                        new LineChart(
                                "Slowest 1 %",
                                LineChart.Unit.MILLIS,
                                GROUP,
                                new LineChart.Line("p99", "--warp-line-2", true, MetricsWindow.Point::p99Millis))),
                this::choose);
        actions().add(charts.tools());
        sentence.addClassName("health");
        counts.addClassName("faint");
        lead().add(sentence, counts);
        attention.addClassName("attention");
        add(charts, lower());
    }

    private Div lower() {
        Div left =
                box("column", panel("Not ready", attention), panel("Capacity", memory, processor, nodes), quotaPanel);
        quotaPanel.setVisible(false);
        Div right = box("column", panel("Latest events", events, new Link(Paths.EVENTS, "All events")));
        return box("columns", left, right);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        presenter.start(Range.of(query("range"), Range.QUARTER));
    }

    private void choose(Range range) {
        remember("range", range == Range.QUARTER ? "" : range.key());
        presenter.choose(range);
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
    public void events(List<EventView> newestFirst) {
        events.show(newestFirst);
    }

    @Override
    public void status(OverviewPresenter.Picture picture) {
        GridStatus status = picture.status();
        boolean none = status.nodes() == 0;
        sentence.show(none ? Mood.IDLE : status.healthy() ? Mood.GOOD : Mood.WARN, status.sentence());
        counts.setText(Words.count(status.readyNodes()) + " of " + Words.plural(status.nodes(), "node") + " ready · "
                + Words.count(status.readyDeployments()) + " of " + Words.plural(status.deployments(), "deployment")
                + " ready · " + Words.count(status.readyInstances()) + " of "
                + Words.plural(status.instances(), "instance") + " running · version " + status.serverVersion());
        attention(picture, status);
        capacity(picture, status);
    }

    private void attention(OverviewPresenter.Picture picture, GridStatus status) {
        attention.removeAll();
        picture.attention().stream().limit(6).forEach(one -> attention.add(item(one)));
        if (picture.attention().size() > 6) {
            attention.add(new ListItem(
                    new Link(Paths.DEPLOYMENTS, "and " + (picture.attention().size() - 6) + " more")));
        }
        if (!picture.attention().isEmpty()) {
            return;
        }
        if (status.nodes() == 0) {
            attention.add(new ListItem(new EmptyState(
                    "No node has joined yet: start one on this machine.", EmptyState.command("warp up"))));
        } else if (status.deployments() == 0) {
            attention.add(new ListItem(new EmptyState(
                    "Nothing is deployed yet: deploy a component.", EmptyState.command("warp deploy hello.wasm"))));
        } else {
            ListItem well = new ListItem("Everything that was asked for is running.");
            well.addClassName("faint");
            attention.add(well);
        }
    }

    private static ListItem item(OverviewPresenter.Attention one) {
        StateText mark = new StateText(
                one.mood(), one.mood() == Mood.BUSY ? "In progress" : one.mood() == Mood.BAD ? "Down" : "Degraded");
        Paragraph reason = new Paragraph(one.sentence());
        Div head = new Div(mark);
        head.addClassName("attention-head");
        if (!one.path().isEmpty()) {
            head.add(new Link(one.path(), one.what()));
        }
        return new ListItem(head, reason);
    }

    private void capacity(OverviewPresenter.Picture picture, GridStatus status) {
        double total = Math.max(1, status.memoryBytes());
        memory.show(
                status.guestMemoryBytes() / total,
                status.reservedMemoryBytes() / total,
                Words.bytes(status.guestMemoryBytes()) + " used, " + Words.bytes(status.reservedMemoryBytes())
                        + " reserved of " + Words.bytes(status.memoryBytes()));
        int processors = picture.nodes().stream().mapToInt(NodeView::processors).sum();
        double busy = picture.nodes().stream()
                .mapToDouble(node -> node.cpuShare() * node.processors())
                .sum();
        double share = processors == 0 ? 0 : busy / processors;
        processor.show(share, 0, Words.share(share) + " of " + Words.plural(processors, "processor"));
        nodes.removeAll();
        picture.nodes().stream().limit(8).forEach(node -> nodes.add(nodeLine(node)));
        quotas.removeAll();
        picture.quotas().stream().limit(8).forEach(usage -> quotas.add(quotaLine(usage)));
        quotaPanel.setVisible(!picture.quotas().isEmpty());
    }

    private static Meter quotaLine(NamespaceUsage usage) {
        Meter meter = new Meter(usage.namespace());
        meter.show(Math.min(1, OverviewPresenter.fullness(usage)), 0, OverviewPresenter.words(usage));
        return meter;
    }

    private static Div nodeLine(NodeView node) {
        Meter meter = new Meter("");
        double total = Math.max(1, node.memoryBytes());
        meter.show(
                node.guestMemoryBytes() / total,
                node.reservedMemoryBytes() / total,
                Words.bytes(node.reservedMemoryBytes()) + " of " + Words.bytes(node.memoryBytes()));
        Div line = new Div(new StateText(Mood.of(node.state()), ""), new Link(Paths.node(node.id()), node.id()), meter);
        line.addClassName("capacity-node");
        return line;
    }
}
