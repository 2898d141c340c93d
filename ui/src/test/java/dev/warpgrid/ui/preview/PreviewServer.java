package dev.warpgrid.ui.preview;

import com.vaadin.flow.server.VaadinServlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** The dashboard over an invented grid that moves: {@code main} serves it until it is stopped. */
public final class PreviewServer implements AutoCloseable {
    private static final String SCANNED = ".*/(vaadin|flow|warpgrid|aura)[^/]*\\.jar|.*/classes/?";
    private static final PreviewGrid GRID = new PreviewGrid();

    private final Server server;
    private final ServerConnector connector;

    private PreviewServer(int port) throws Exception {
        server = new Server();
        connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        Path base = Files.createTempDirectory("warpgrid-preview");
        ResourceFactory resources = ResourceFactory.of(context);
        Resource classes = resources.newResource(Path.of("target/classes/META-INF/resources"));
        context.setBaseResource(ResourceFactory.combine(List.of(resources.newResource(base), classes)));
        context.setAttribute(MetaInfConfiguration.CONTAINER_JAR_PATTERN, SCANNED);
        context.addConfiguration(new AnnotationConfiguration());
        context.setParentLoaderPriority(true);
        context.setInitParameter("vaadin.productionMode", "true");
        ServletHolder servlet = new ServletHolder("vaadin", VaadinServlet.class);
        servlet.setAsyncSupported(true);
        // The build leaves its note about production only in the jar, and the preview runs from the classes.
        servlet.setInitParameter("productionMode", "true");
        servlet.setInitOrder(1);
        context.addServlet(servlet, "/*");
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        server.setHandler(context);
        server.start();
    }

    /** @param port 0 for any free one */
    public static PreviewServer start(int port) throws Exception {
        return new PreviewServer(port);
    }

    public static PreviewGrid grid() {
        return GRID;
    }

    public String url() {
        return "http://127.0.0.1:" + connector.getLocalPort() + "/";
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    public static void main(String[] arguments) throws Exception {
        PreviewServer preview = start(arguments.length == 0 ? 8123 : Integer.parseInt(arguments[0]));
        System.out.println("Preview at " + preview.url());
        preview.server.join();
    }
}
