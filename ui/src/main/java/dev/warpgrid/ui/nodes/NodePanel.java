package dev.warpgrid.ui.nodes;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.ui.deployment.InstanceGrid;
import dev.warpgrid.ui.part.Fact;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.Meter;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.TimeText;
import dev.warpgrid.ui.part.Words;
import java.util.function.Consumer;

/** One node: facts, room, and what runs on it. */
final class NodePanel extends Section {
    private static final long serialVersionUID = 1L;

    private final H2 heading = new H2();
    private final StateText state = new StateText();
    private final Span sentence = new Span();
    private final Meter memory = new Meter("Guest memory");
    private final Meter processor = new Meter("Processor");
    private final Div facts = new Div();
    private final InstanceGrid instances = new InstanceGrid(true);
    private final Button forget = new Button("Forget", new Glyph(Glyph.Shape.DELETE));
    private final String refusal;
    private String id = "";

    /** @param refusal why the caller may not forget nodes; empty where it may */
    NodePanel(Consumer<String> forgotten, String refusal) {
        this.refusal = refusal;
        addClassNames("panel", "node-panel");
        forget.addThemeVariants(ButtonVariant.LUMO_ERROR);
        forget.addClickListener(event -> forgotten.accept(id));
        Link close = new Link(Paths.NODES, "Close");
        Div head = new Div(heading, state, sentence, forget, close);
        head.addClassName("node-head");
        Div left = new Div(memory, processor, facts);
        left.addClassName("column");
        Div right = new Div(instances);
        right.addClassName("column");
        Div columns = new Div(left, right);
        columns.addClassName("columns");
        add(head, columns);
    }

    void show(NodesPresenter.Detail detail) {
        NodeView node = detail.node();
        boolean other = !id.equals(node.id());
        id = node.id();
        heading.setText(id);
        state.show(Mood.of(node.state()), Mood.words(node.state().name()));
        sentence.setText(node.sentence());
        boolean connected = node.state() == NodeView.State.READY;
        forget.setEnabled(refusal.isEmpty() && !connected);
        forget.getElement()
                .setAttribute(
                        "title",
                        !refusal.isEmpty()
                                ? refusal
                                : connected
                                        ? "A connected node cannot be forgotten: stop its agent first."
                                        : "Removes the node from the grid; it has to join anew.");
        double total = Math.max(1, node.memoryBytes());
        memory.show(
                node.guestMemoryBytes() / total,
                node.reservedMemoryBytes() / total,
                Words.bytes(node.guestMemoryBytes()) + " used, " + Words.bytes(node.reservedMemoryBytes())
                        + " reserved of " + Words.bytes(node.memoryBytes()));
        processor.show(
                node.cpuShare(),
                0,
                Words.share(node.cpuShare()) + " of " + Words.plural(node.processors(), "processor"));
        if (other || facts.getChildren().findAny().isEmpty()) {
            facts(node);
        }
        instances.show(detail.instances());
    }

    private void facts(NodeView node) {
        UnorderedList interfaces = new UnorderedList();
        interfaces.addClassNames("interfaces", "mono");
        node.interfaces().forEach(one -> interfaces.add(new ListItem(one)));
        Anchor ingress = new Anchor(node.ingressUrl(), node.ingressUrl());
        ingress.setTarget("_blank");
        ingress.getElement().setAttribute("router-ignore", "").setAttribute("rel", "noopener");
        facts.removeAll();
        facts.add(new Fact()
                .row("Engine", node.engine() + (node.engineCompiled() ? ", compiled" : ", interpreted"))
                .row("Agent", node.agentVersion() + ", " + Words.bytes(node.residentBytes()) + " resident")
                .row("Ingress", ingress)
                .row("Labels", NodesView.labels(node))
                .row("Joined", new TimeText(node.joinedAt()))
                .row("Offers", interfaces));
    }
}
