package dev.warpgrid.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One grid for all test classes of a run: starting one takes many seconds. Tests use deployments of their own names, and
 * a test that ends a process brings it back.
 */
final class SharedGrid implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Grid.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return extension
                .getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedGrid.class))
                .computeIfAbsent("grid", key -> new Holder(), Holder.class)
                .grid;
    }

    /** Closed by JUnit after the last test. */
    private static final class Holder implements AutoCloseable {
        private final Grid grid;

        Holder() {
            try {
                Path data = Files.createTempDirectory("warpgrid-system");
                grid = new Grid(data);
                grid.up();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            grid.close();
        }
    }
}
