package dev.warpgrid.ui.deployment;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import dev.warpgrid.api.InstanceView;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.TimeText;
import dev.warpgrid.ui.part.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instances: state with its reason, restarts, memory, where. Only rows that changed are drawn again. */
public final class InstanceGrid extends Grid<InstanceView> {
    private static final long serialVersionUID = 1L;
    private static final int ROWS_WITHOUT_SCROLL = 8;

    private transient Map<String, InstanceView> shown = new LinkedHashMap<>();

    /** @param showsDeployment for a node's instances, which are of many deployments */
    public InstanceGrid(boolean showsDeployment) {
        addClassNames("rows", "instances");
        addThemeName("no-border");
        setSelectionMode(SelectionMode.NONE);
        setAllRowsVisible(true);
        getElement().setAttribute("aria-label", "Instances");
        addComponentColumn(one -> id(one, showsDeployment))
                .setHeader("Instance")
                .setFlexGrow(1)
                .setWidth(showsDeployment ? "150px" : "76px");
        addComponentColumn(InstanceGrid::state)
                .setHeader("State")
                .setFlexGrow(2)
                .setWidth("108px");
        if (showsDeployment) {
            addComponentColumn(one -> new Link(
                            Paths.deployment(one.namespace(), one.deployment()),
                            one.namespace() + "/" + one.deployment()))
                    .setHeader("Deployment")
                    .setFlexGrow(1)
                    .setWidth("140px");
        } else {
            addComponentColumn(one -> new Link(Paths.node(one.node()), one.node()))
                    .setHeader("Node")
                    .setFlexGrow(1)
                    .setWidth("88px");
        }
        addColumn(one -> "r" + one.revision()).setHeader("Rev").setFlexGrow(0).setWidth("56px");
        addColumn(one -> Words.count(one.restarts()))
                .setHeader("Restarts")
                .setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("76px")
                .setPartNameGenerator(row -> "number");
        addColumn(one -> Words.bytes(one.memoryBytes()))
                .setHeader("Memory")
                .setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("88px")
                .setPartNameGenerator(row -> "number");
        addComponentColumn(one -> new TimeText(one.since()))
                .setHeader("Since")
                .setFlexGrow(0)
                .setWidth("84px");
        setItems(new ArrayList<>());
    }

    /** Shows them; a row that is as before stays untouched. */
    public void show(List<InstanceView> instances) {
        Map<String, InstanceView> next = new LinkedHashMap<>();
        instances.forEach(one -> next.put(one.id(), one));
        if (!List.copyOf(next.values()).equals(List.copyOf(shown.values()))) {
            setAllRowsVisible(instances.size() <= ROWS_WITHOUT_SCROLL);
            setItems(new ArrayList<>(next.values()));
        }
        shown = next;
    }

    /** Beside its deployment an instance is known by what follows the deployment's name. */
    private static Component id(InstanceView one, boolean whole) {
        String prefix = one.deployment() + "-";
        Span id = new Span(!whole && one.id().startsWith(prefix) ? one.id().substring(prefix.length()) : one.id());
        id.addClassNames("mono", "ellipsis");
        id.getElement().setAttribute("title", one.id());
        return id;
    }

    private static Component state(InstanceView one) {
        StateText state = new StateText(
                Mood.ofInstance(one.state(), one.reachable()), one.reachable() ? Mood.words(one.state()) : "Not heard");
        String reason = one.reachable()
                ? one.reason()
                : "Its node is not connected; this is what was last heard. " + one.reason();
        if (!reason.isBlank()) {
            state.getElement().setAttribute("title", reason.strip());
            Span words = new Span(reason.strip());
            words.addClassNames("faint", "ellipsis");
            Span both = new Span(state, words);
            both.addClassName("cell-state");
            return both;
        }
        return state;
    }
}
