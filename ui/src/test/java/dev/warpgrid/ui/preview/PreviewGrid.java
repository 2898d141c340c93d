package dev.warpgrid.ui.preview;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.AuditService;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.GridService;
import dev.warpgrid.api.IdentityService;
import dev.warpgrid.api.InstanceService;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.QuotaService;
import dev.warpgrid.api.RoleService;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.UserService;
import dev.warpgrid.ui.SignedInUser;
import dev.warpgrid.ui.fake.FakeAccess;
import dev.warpgrid.ui.fake.FakeAudit;
import dev.warpgrid.ui.fake.FakeQuotas;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An invented grid whose state, traffic, events and logs move by themselves. */
public final class PreviewGrid {
    final PreviewEvents events = new PreviewEvents();
    final PreviewDeployments deployments = new PreviewDeployments(events);
    final PreviewNodes nodes = new PreviewNodes(deployments);
    final PreviewArtifacts artifacts = new PreviewArtifacts();
    final PreviewOverview overview = new PreviewOverview(deployments, nodes);
    final PreviewInstances instances = new PreviewInstances(deployments);
    private final PreviewRollouts rollouts = new PreviewRollouts(deployments);
    private final FakeAccess access = new FakeAccess();
    private final Map<Class<?>, Object> services = Map.ofEntries(
            Map.entry(DeploymentService.class, deployments),
            Map.entry(RolloutService.class, rollouts),
            Map.entry(NodeService.class, nodes),
            Map.entry(EventService.class, events),
            Map.entry(ArtifactService.class, artifacts),
            Map.entry(GridService.class, overview),
            Map.entry(InstanceService.class, instances),
            Map.entry(QuotaService.class, new FakeQuotas()),
            Map.entry(IdentityService.class, access),
            Map.entry(UserService.class, access),
            Map.entry(RoleService.class, access),
            Map.entry(AuditService.class, new FakeAudit()),
            Map.entry(SignedInUser.class, (SignedInUser) PreviewGrid::caller));

    PreviewGrid() {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("preview-clock").factory());
        var _ = clock.scheduleAtFixedRate(this::tick, 200, 500, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        deployments.tick();
        events.tick();
    }

    Object service(Class<?> type) {
        Object service = services.get(type);
        if (service == null) {
            throw new IllegalArgumentException("The preview has no " + type.getName() + ".");
        }
        return service;
    }

    /** A cookie chooses who looks, so that a test can be a viewer. */
    private static Caller caller() {
        VaadinRequest request = VaadinRequest.getCurrent();
        boolean viewer = request != null
                && request.getCookies() != null
                && Arrays.stream(request.getCookies()).anyMatch(PreviewGrid::isViewer);
        if (VaadinSession.getCurrent() == null) {
            throw new IllegalStateException("The signed-in user was asked for outside of a session.");
        }
        return viewer
                ? Caller.of("nadia", Grants.of(Grants.EVERYWHERE, BuiltInRole.VIEWER.permissions()))
                : Caller.of("admin", Grants.all());
    }

    private static boolean isViewer(Cookie cookie) {
        return cookie.getName().equals("preview-user") && cookie.getValue().equals("viewer");
    }
}
