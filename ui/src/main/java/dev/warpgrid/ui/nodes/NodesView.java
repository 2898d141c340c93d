package dev.warpgrid.ui.nodes;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.Meter;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Tell;
import dev.warpgrid.ui.part.TimeText;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.part.Words;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** All nodes, and one of them beside. */
@Route(value = Paths.NODES + "/:id?", layout = Shell.class)
public final class NodesView extends ViewFrame implements NodesPresenter.Screen, BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 200;

    private final transient NodesPresenter presenter;
    private final Grid<NodeView> grid = new Grid<>();
    private final TextField filter = new TextField();
    private final Span total = new Span();
    private final EmptyState empty =
            new EmptyState("No node has joined yet. Start one on this machine:", EmptyState.command("warp up"));
    private final NodePanel panel;
    private transient List<NodeView> shown = List.of();

    @Inject
    public NodesView(NodeService nodes, InstanceService instances, SignedInUser user) {
        super("Nodes");
        LiveUpdates live = new LiveUpdates(this, this::trouble);
        presenter = new NodesPresenter(nodes, instances, user::caller, live, this);
        panel = new NodePanel(
                presenter::forget, presenter.refusal(Permission.NODE_WRITE).orElse(""));
        panel.setVisible(false);
        total.addClassName("faint");
        lead().add(total);
        filter.setPlaceholder("Filter by name, state, label");
        filter.setAriaLabel("Filter nodes");
        filter.setClearButtonVisible(true);
        filter.setPrefixComponent(new Glyph(Glyph.Shape.SEARCH));
        filter.setValueChangeMode(ValueChangeMode.LAZY);
        filter.setValueChangeTimeout(TYPING_MILLIS);
        filter.getElement().setAttribute("data-search", "");
        filter.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                remember("q", event.getValue());
                presenter.filter(event.getValue());
            }
        });
        Button join = new Button("Join token", new Glyph(Glyph.Shape.PLUS), event -> presenter.createToken());
        presenter.refusal(Permission.JOIN_TOKEN_WRITE).ifPresent(reason -> {
            join.setEnabled(false);
            join.getElement().setAttribute("title", reason);
        });
        actions().add(filter, join);
        columns();
        add(grid, panel);
    }

    private void columns() {
        grid.addClassName("rows");
        grid.addThemeName("no-border");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(true);
        grid.getElement().setAttribute("aria-label", "Nodes");
        grid.setEmptyStateComponent(empty);
        grid.addComponentColumn(NodesView::name)
                .setHeader("Node")
                .setFlexGrow(1)
                .setWidth("120px");
        grid.addComponentColumn(NodesView::state)
                .setHeader("State")
                .setFlexGrow(4)
                .setWidth("240px");
        grid.addComponentColumn(NodesView::memory)
                .setHeader("Memory")
                .setFlexGrow(1)
                .setWidth("200px");
        grid.addComponentColumn(NodesView::processor)
                .setHeader("Processor")
                .setFlexGrow(1)
                .setWidth("150px");
        grid.addColumn(node -> Words.count(node.instances()))
                .setHeader("Instances")
                .setFlexGrow(0)
                .setWidth("92px")
                .setTextAlign(ColumnTextAlign.END)
                .setPartNameGenerator(row -> "number");
        grid.addComponentColumn(NodesView::engine)
                .setHeader("Engine and agent")
                .setFlexGrow(0)
                .setWidth("184px");
        grid.addComponentColumn(NodesView::labels)
                .setHeader("Labels")
                .setFlexGrow(1)
                .setWidth("150px");
    }

    private static Component name(NodeView node) {
        Link link = new Link(Paths.node(node.id()), node.id());
        link.addClassName("row-name");
        return link;
    }

    private static Component state(NodeView node) {
        Span sentence = new Span(node.sentence());
        sentence.addClassNames("faint", "wraps");
        sentence.getElement().setAttribute("title", node.sentence());
        Component mark =
                new StateText(Mood.of(node.state()), Mood.words(node.state().name()));
        return node.state() == NodeView.State.READY
                ? box("cell-state", mark, sentence)
                : box("cell-state", box("state-when", mark, new TimeText(node.lastSeenAt())), sentence);
    }

    private static Component memory(NodeView node) {
        if (node.state() == NodeView.State.LOST) {
            return unknown();
        }
        double total = Math.max(1, node.memoryBytes());
        Meter meter = new Meter("");
        meter.show(
                node.guestMemoryBytes() / total,
                node.reservedMemoryBytes() / total,
                Words.bytes(Math.max(0, node.memoryBytes() - node.reservedMemoryBytes())) + " free of "
                        + Words.bytes(node.memoryBytes()));
        return meter;
    }

    private static Component unknown() {
        Span none = new Span("not known");
        none.addClassName("faint");
        return none;
    }

    private static Component processor(NodeView node) {
        if (node.state() == NodeView.State.LOST) {
            return unknown();
        }
        Meter meter = new Meter("");
        meter.show(node.cpuShare(), 0, Words.share(node.cpuShare()) + " of " + node.processors());
        return meter;
    }

    private static Component engine(NodeView node) {
        Span name = new Span(node.engine());
        Span how = new Span((node.engineCompiled() ? "compiled" : "interpreted") + " · agent " + node.agentVersion());
        how.addClassName("faint");
        return box("cell-name", name, how);
    }

    static Component labels(NodeView node) {
        Span labels = new Span();
        labels.addClassName("labels");
        node.labels().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(label -> {
                    Span one = new Span(label.getKey() + "=" + label.getValue());
                    one.addClassName("label");
                    labels.add(one);
                });
        return labels;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        filter.setValue(query("q"));
        presenter.start(query("q"));
        String id = event.getRouteParameters().get("id").orElse("");
        panel.setVisible(false);
        presenter.open(id);
    }

    @Override
    public String getPageTitle() {
        return (presenter.chosen().isEmpty() ? "Nodes" : presenter.chosen()) + " · WarpGrid";
    }

    @Override
    public void nodes(List<NodeView> matching, int count) {
        total.setText(Words.plural(count, "node"));
        if (count > 0 && matching.isEmpty()) {
            empty.removeAll();
            empty.add(new Span("No node matches \"" + filter.getValue() + "\"."));
        }
        if (!matching.equals(shown)) {
            shown = matching;
            grid.setItems(new ArrayList<>(matching));
        }
    }

    @Override
    public void detail(NodesPresenter.Detail detail) {
        panel.show(detail);
        panel.setVisible(true);
    }

    @Override
    public void noSuchNode(String id) {
        panel.setVisible(false);
        trouble("There is no node \"" + id + "\": it was forgotten, or its name is another.");
    }

    @Override
    public void token(JoinTokenView token) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle("Join token");
        dialog.setWidth("560px");
        Pre text = new Pre(token.token());
        text.addClassNames("mono", "token");
        text.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", "Join token");
        Button copy = new Button("Copy", new Glyph(Glyph.Shape.COPY));
        copy.getElement()
                .executeJs("this.addEventListener('click', () => navigator.clipboard.writeText($0))", token.token());
        dialog.add(
                new Paragraph(
                        "Lets one machine join this grid, once. It is shown only now; whoever has it can add a node."),
                text,
                new Paragraph(new Span("Start an agent there with "), EmptyState.command("--join-token-file FILE")),
                new Paragraph(new Span("It expires "), new TimeText(token.expiresAt())));
        dialog.getFooter().add(copy, new Button("Close", event -> dialog.close()));
        dialog.open();
    }

    @Override
    public void done(String sentence) {
        // In this order: navigation closes what is open.
        UI.getCurrent().navigate(Paths.NODES);
        Tell.done(sentence);
    }

    @Override
    public void problem(String sentence) {
        Tell.problem(sentence);
    }
}
