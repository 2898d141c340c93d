package dev.warpgrid.ui.logs;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.live.LiveUpdates;
import dev.warpgrid.ui.part.EmptyState;
import dev.warpgrid.ui.part.LogFilter;
import dev.warpgrid.ui.part.LogPanel;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.ViewFrame;
import dev.warpgrid.ui.shell.Shell;
import jakarta.inject.Inject;
import java.util.List;

/** What does it say? The merged tail of a deployment, as large as the page. */
@Route(value = Paths.LOGS, layout = Shell.class)
@PageTitle("Logs · WarpGrid")
public final class LogsView extends ViewFrame implements LogsPresenter.Screen, BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient LogsPresenter presenter;
    private final ComboBox<String> deployment = new ComboBox<>();
    private final LogPanel panel;
    private final EmptyState none = new EmptyState("Choose a deployment to follow what its instances print.");

    @Inject
    public LogsView(DeploymentService deployments, InstanceService instances, SignedInUser user) {
        super("Logs");
        LiveUpdates live = new LiveUpdates(this, this::trouble);
        presenter = new LogsPresenter(deployments, instances, user::caller, live, this);
        panel = new LogPanel("warpgrid", this::remember);
        addClassName("logs-view");
        deployment.setPlaceholder("Deployment");
        deployment.setAriaLabel("Deployment");
        deployment.getElement().setAttribute("data-search", "");
        deployment.setWidth("280px");
        deployment.setItems((Query<String, String> query) ->
                presenter.find(query.getFilter().orElse(""), query.getOffset(), query.getLimit()).stream());
        deployment.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                String key = event.getValue() == null ? "" : event.getValue();
                remember("deployment", key);
                open(key);
            }
        });
        actions().add(deployment);
        add(none, panel);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        opened(event);
        String key = query("deployment");
        if (!key.isEmpty()) {
            deployment.setValue(key);
        }
        open(key);
        panel.show(new LogFilter(query("q"), query("regex").equals("1"), query("level"), query("instance")));
    }

    private void open(String key) {
        none.setVisible(key.isEmpty());
        panel.setVisible(!key.isEmpty());
        presenter.open(key);
    }

    private void remember(LogFilter filter) {
        remember("q", filter.text());
        remember("regex", filter.regex() ? "1" : "");
        remember("level", filter.level().equals(LogFilter.LEVELS.getFirst()) ? "" : filter.level());
        remember("instance", filter.instance());
    }

    @Override
    public void cleared() {
        panel.tail().clear();
    }

    @Override
    public void lines(List<LogEntry> lines, long dropped) {
        panel.tail().take(lines, dropped);
    }

    @Override
    public void instances(List<String> ids) {
        panel.instances(ids);
    }
}
