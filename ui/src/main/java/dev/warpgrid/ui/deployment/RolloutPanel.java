package dev.warpgrid.ui.deployment;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Tell;
import dev.warpgrid.ui.part.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rollout under way or given up: steps, both revisions side by side, gates, and what can be done. */
final class RolloutPanel extends Section implements RolloutPresenter.Screen {
    private static final long serialVersionUID = 1L;

    private final H2 heading = new H2();
    private final StateText state = new StateText();
    private final Span sentence = new Span();
    private final OrderedList steps = new OrderedList();
    private final Div sides = new Div();
    private final Div gates = new Div();
    private final Div buttons = new Div();
    private final RevisionList revisions;
    private transient @Nullable RolloutPresenter presenter;
    private transient @Nullable RolloutView shown;

    RolloutPanel(RevisionList revisions) {
        this.revisions = revisions;
        addClassNames("panel", "rollout");
        getElement().setAttribute("aria-label", "Rollout");
        setVisible(false);
        sentence.addClassName("state-sentence");
        steps.addClassName("steps");
        sides.addClassName("sides");
        gates.addClassName("gates");
        buttons.addClassName("buttons");
        Div line = new Div(state, sentence);
        line.addClassName("state-line");
        Div head = new Div(heading, buttons);
        head.addClassName("rollout-head");
        add(head, line, steps, sides, gates);
    }

    void steeredBy(RolloutPresenter steering) {
        presenter = steering;
        revisions.steeredBy(steering);
    }

    @Override
    public void rollout(Optional<RolloutView> rollout) {
        setVisible(rollout.isPresent());
        rollout.filter(now -> !now.equals(shown)).ifPresent(this::show);
        shown = rollout.orElse(null);
    }

    private void show(RolloutView rollout) {
        RolloutView.Side baseline = rollout.baseline();
        heading.setText("Rollout of revision " + rollout.target().revision()
                + (baseline == null ? "" : " from " + baseline.revision()) + ", "
                + rollout.strategy());
        state.show(
                mood(rollout),
                rollout.paused() ? "Paused" : Mood.words(rollout.phase().name()));
        sentence.setText(rollout.sentence());
        steps.removeAll();
        rollout.steps().forEach(step -> steps.add(item(step)));
        steps.setVisible(!rollout.steps().isEmpty());
        sides.removeAll();
        sides.add(table(rollout));
        gates.removeAll();
        rollout.gates().forEach(gate -> gates.add(gate(gate)));
        gates.setVisible(!rollout.gates().isEmpty());
        buttons.removeAll();
        rollout.actions().forEach(action -> buttons.add(button(rollout, action)));
    }

    private static Mood mood(RolloutView rollout) {
        return switch (rollout.phase()) {
            case ROLLING, CANARY, PREPARING, SWITCHED, FINISHING -> Mood.BUSY;
            case ROLLING_BACK -> Mood.WARN;
            case ROLLED_BACK -> Mood.BAD;
            case COMPLETED -> Mood.GOOD;
            case SUPERSEDED -> Mood.IDLE;
        };
    }

    private static ListItem item(RolloutView.Step step) {
        String pause = step.pause() == null ? "until promoted" : "for " + step.pause();
        ListItem item = new ListItem(step.weight() + " % " + pause);
        String state = step.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        item.addClassName(state);
        if (step.state() == RolloutView.StepState.PRESENT) {
            item.getElement().setAttribute("aria-current", "step");
        }
        return item;
    }

    private static NativeTable table(RolloutView rollout) {
        NativeTableRow head = new NativeTableRow();
        for (String name : List.of("Revision", "Weight", "Ready", "Requests/s", "Errors", "p99")) {
            head.add(new NativeTableHeaderCell(name));
        }
        NativeTableBody body = new NativeTableBody(row("new", rollout.target()));
        RolloutView.Side baseline = rollout.baseline();
        if (baseline != null) {
            body.add(row("former", baseline));
        }
        NativeTable table = new NativeTable(new NativeTableHeader(head), body);
        table.addClassName("figures");
        return table;
    }

    private static NativeTableRow row(String role, RolloutView.Side side) {
        NativeTableRow row = new NativeTableRow();
        row.addClassName(role);
        for (String text : List.of(
                "r" + side.revision() + " " + role,
                figure(side.weightPercent()) + " %",
                side.readyInstances() + " of " + side.instances(),
                Words.rate(side.requestsPerSecond()),
                figure(side.errorPercent()) + " %",
                figure(side.p99Millis()) + " ms")) {
            row.add(new NativeTableCell(text));
        }
        return row;
    }

    private static StateText gate(RolloutView.Gate gate) {
        Mood mood = switch (gate.state()) {
            case PASSED -> Mood.GOOD;
            case BROKEN -> Mood.BAD;
            case UNDECIDED -> Mood.IDLE;
        };
        return new StateText(mood, "Gate " + gate.name() + " " + gate.limit() + ": " + gate.measured());
    }

    private Button button(RolloutView rollout, RolloutView.Action action) {
        String verb = Mood.words(action.name());
        Button button = new Button(verb, event -> {
            RolloutPresenter steering = presenter;
            if (steering != null) {
                new Confirm(verb + " the rollout", verb, action == RolloutView.Action.ABORT, () -> steering.act(action))
                        .says(RolloutPresenter.preview(rollout, action))
                        .open();
            }
        });
        button.addClassName("rollout-" + action.name().toLowerCase(Locale.ROOT));
        RolloutPresenter steering = presenter;
        if (steering != null) {
            steering.refusal().ifPresent(reason -> {
                button.setEnabled(false);
                button.setTooltipText(reason);
            });
        }
        return button;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public void revisions(List<RevisionView> newestFirst) {
        revisions.show(newestFirst);
    }

    @Override
    public void done(String what) {
        Tell.done(what);
    }

    @Override
    public void problem(String what) {
        Tell.problem(what);
    }
}
