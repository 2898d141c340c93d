package dev.warpgrid.ui.deployments;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.GridService;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Link;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.Spark;
import dev.warpgrid.ui.part.StateText;
import dev.warpgrid.ui.part.Tell;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.part.Words;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which of mine? */
@Route(value = Paths.DEPLOYMENTS, layout = Shell.class)
@PageTitle("Deployments · WarpGrid")
public final class DeploymentsView extends ViewFrame implements DeploymentsPresenter.Screen, BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int TYPING_MILLIS = 250;
    private static final int PAGE_ROWS = 50;

    private final transient DeploymentsPresenter presenter;
    private final transient DeployPresenter deploy;
    private final Grid<Deployment> grid = new Grid<>();
    private final TextField filter = new TextField();
    private final Span total = new Span();
    private final EmptyState empty = new EmptyState("");
    private final transient Map<String, Row> rows = new HashMap<>();
    private final transient Map<String, DeploymentsPresenter.Traffic> traffic = new HashMap<>();

    /** The live parts of a row on the page. */
    private record Row(Spark spark, Span rate) {}

    @Inject
    public DeploymentsView(
            DeploymentService deployments, ArtifactService artifacts, GridService namespaces, SignedInUser user) {
        super("Deployments");
        LiveUpdates live = new LiveUpdates(this, this::trouble);
        presenter = new DeploymentsPresenter(deployments, user.caller(), live, this);
        deploy = new DeployPresenter(artifacts, deployments, namespaces, user::caller);
        total.addClassName("faint");
        lead().add(total);
        actions().add(filterField(), deployButton());
        grid.addClassName("rows");
        grid.addThemeName("no-border");
        grid.setPageSize(PAGE_ROWS);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.getElement().setAttribute("aria-label", "Deployments");
        grid.setMultiSort(false);
        columns();
        grid.addSortListener(event -> sort(event.getSortOrder()));
        grid.setDataProvider(provider());
        grid.setEmptyStateComponent(empty);
        add(grid);
    }

    private CallbackDataProvider<Deployment, Void> provider() {
        return new CallbackDataProvider<>(
                query -> presenter.fetch(query.getOffset(), query.getLimit()).stream(),
                query -> {
                    int count = presenter.count();
                    counted(count);
                    return count;
                },
                DeploymentsPresenter::key);
    }

    private Component filterField() {
        filter.setPlaceholder("Filter by name");
        filter.setAriaLabel("Filter by name");
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
        return filter;
    }

    private Component deployButton() {
        Button button = new Button("Deploy", new Glyph(Glyph.Shape.UPLOAD), event -> openDeploy());
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        button.setId("deploy");
        presenter.deployRefusal().ifPresent(reason -> {
            button.setEnabled(false);
            button.setTooltipText(reason);
            button.getElement().setAttribute("title", reason);
        });
        return button;
    }

    private void openDeploy() {
        new DeployDialog(deploy, null).open();
    }

    private void columns() {
        grid.addComponentColumn(this::name)
                .setHeader("Name")
                .setKey("NAME")
                .setSortable(true)
                .setFlexGrow(2)
                .setWidth("160px");
        grid.addComponentColumn(DeploymentsView::state)
                .setHeader("State")
                .setKey("STATE")
                .setSortable(true)
                .setFlexGrow(4)
                .setWidth("200px");
        grid.addColumn(row -> DeploymentsPresenter.status(row)
                        .map(status -> status.readyInstances() + " / " + status.desiredInstances())
                        .orElse("–"))
                .setHeader("Ready")
                .setKey("INSTANCES")
                .setTextAlign(ColumnTextAlign.END)
                .setSortable(true)
                .setFlexGrow(0)
                .setWidth("96px")
                .setPartNameGenerator(row -> "number");
        grid.addColumn(row -> DeploymentsPresenter.status(row)
                        .map(status -> Words.bytes(status.memoryBytes()))
                        .orElse("–"))
                .setHeader("Memory")
                .setKey("MEMORY")
                .setTextAlign(ColumnTextAlign.END)
                .setSortable(true)
                .setFlexGrow(0)
                .setWidth("112px")
                .setPartNameGenerator(row -> "number wide");
        grid.addComponentColumn(this::requests)
                .setHeader("Requests per second")
                .setFlexGrow(0)
                .setWidth("190px");
        grid.addComponentColumn(DeploymentsView::url)
                .setHeader("Address")
                .setFlexGrow(2)
                .setWidth("200px");
    }

    private Component name(Deployment row) {
        String namespace = Objects.requireNonNullElse(row.metadata().namespace(), "default");
        Link link = new Link(
                Paths.deployment(namespace, row.metadata().name()),
                row.metadata().name());
        link.addClassName("row-name");
        Span space = new Span(namespace);
        space.addClassName("faint");
        return box("cell-name", link, space);
    }

    private static Component state(Deployment row) {
        DeploymentStatus status = row.status();
        if (status == null) {
            return new StateText(Mood.IDLE, "Not reported yet");
        }
        StateText state =
                new StateText(Mood.of(status.state()), Mood.words(status.state().name()));
        Span sentence = new Span(status.sentence());
        sentence.addClassNames("faint", "ellipsis");
        sentence.getElement().setAttribute("title", status.sentence());
        return box("cell-state", state, sentence);
    }

    private Component requests(Deployment row) {
        String key = DeploymentsPresenter.key(row);
        Row parts = new Row(new Spark(), new Span());
        parts.rate().addClassName("number");
        rows.put(key, parts);
        DeploymentsPresenter.Traffic known = traffic.get(key);
        if (known != null) {
            show(parts, known);
        }
        return box("cell-spark", parts.spark(), parts.rate());
    }

    private static Component url(Deployment row) {
        List<String> urls =
                DeploymentsPresenter.status(row).map(DeploymentStatus::urls).orElse(List.of());
        if (urls.isEmpty()) {
            return new Span();
        }
        Anchor link = new Anchor(
                urls.getFirst(), urls.getFirst().replaceFirst("^https?://", "").replaceFirst("/$", ""));
        link.setTarget("_blank");
        link.getElement().setAttribute("router-ignore", "").setAttribute("rel", "noopener");
        link.addClassNames("ellipsis", "url");
        return link;
    }

    private void counted(int count) {
        total.setText(Words.plural(count, "deployment") + (filter.isEmpty() ? "" : " match"));
        if (count == 0) {
            empty.removeAll();
            if (filter.isEmpty()) {
                empty.add(new Span("Nothing is deployed yet. Drop a component on Deploy, or type:"));
                empty.add(EmptyState.command("warp deploy hello.wasm"));
            } else {
                empty.add(new Span("No deployment has \"" + filter.getValue() + "\" in its name."));
            }
        }
    }

    private void sort(List<GridSortOrder<Deployment>> orders) {
        if (orders.isEmpty()) {
            presenter.sort(DeploymentsPresenter.Order.NAME, false);
            remember("sort", "");
            return;
        }
        GridSortOrder<Deployment> first = orders.getFirst();
        boolean down = first.getDirection() == SortDirection.DESCENDING;
        String key = Objects.requireNonNull(first.getSorted().getKey());
        presenter.sort(DeploymentsPresenter.Order.valueOf(key), down);
        presenter.sortRefusal().ifPresent(Tell::problem);
        remember("sort", key.toLowerCase(java.util.Locale.ROOT) + (down ? "-down" : ""));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        filter.setValue(query("q"));
        String sort = query("sort");
        boolean down = sort.endsWith("-down");
        for (DeploymentsPresenter.Order order : DeploymentsPresenter.Order.values()) {
            if (sort.replace("-down", "").equalsIgnoreCase(order.name())) {
                presenter.sort(order, down);
                var column = grid.getColumnByKey(order.name());
                grid.sort(List.of(
                        new GridSortOrder<>(column, down ? SortDirection.DESCENDING : SortDirection.ASCENDING)));
            }
        }
        presenter.filter(query("q"));
        presenter.start();
        if (query("deploy").equals("new") && presenter.deployRefusal().isEmpty()) {
            // Only once the view is there: what is opened while the page still navigates is closed by it.
            event.getUI().beforeClientResponse(this, ready -> openDeploy());
        }
    }

    @Override
    public void reload() {
        grid.getDataProvider().refreshAll();
    }

    @Override
    public void refresh(Deployment row) {
        grid.getDataProvider().refreshItem(row);
    }

    @Override
    public void sparks(Map<String, DeploymentsPresenter.Traffic> byKey) {
        traffic.keySet().retainAll(byKey.keySet());
        // Rows that were scrolled away; one that is on the page may be newer than what was just read.
        rows.values().removeIf(row -> !row.spark().isAttached());
        traffic.putAll(byKey);
        byKey.forEach((key, value) -> {
            Row parts = rows.get(key);
            if (parts != null) {
                show(parts, value);
            }
        });
    }

    private static void show(Row parts, DeploymentsPresenter.Traffic value) {
        parts.spark().show(value.requestsPerSecond());
        parts.rate().setText(Words.rate(value.now()));
    }
}
