package dev.warpgrid.component.conformance;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentException;
import dev.warpgrid.component.ComponentFunction;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the commands of one converted .wast file. */
final class WastScript implements AutoCloseable {
    private final CoreEngine engine;
    private final Path folder;
    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, ComponentInstance> named = new HashMap<>();
    private final List<ComponentInstance> opened = new ArrayList<>();
    private @Nullable Component lastDefinition;
    private @Nullable ComponentInstance current;
    private @Nullable Skip pending;
    final WastResult result = new WastResult();

    WastScript(CoreEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /** A command that could not be run on this host. */
    static final class Skip extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final WastResult.Reason reason;

        Skip(WastResult.Reason reason, String message) {
            super(message);
            this.reason = reason;
        }
    }

    @SuppressWarnings("unchecked")
    WastResult run(Path json) throws IOException {
        for (Object each : (List<?>) Objects.requireNonNull(Json.read(Files.readString(json)))) {
            Map<String, @Nullable Object> command = (Map<String, @Nullable Object>) Objects.requireNonNull(each);
            try {
                run(command);
                result.passed++;
            } catch (Skip skip) {
                // What follows speaks of the component that could not be made.
                pending = skip;
                result.skip(skip.reason, skip.getMessage());
            } catch (RuntimeException | AssertionError | IOException e) {
                result.failures.add("line " + ((Double) Objects.requireNonNull(command.get("line"))).intValue() + " "
                        + command.get("command") + ": " + e);
            }
        }
        return result;
    }

    private void run(Map<String, @Nullable Object> command) throws IOException {
        switch (string(command, "command")) {
            case "component" -> component(command);
            case "instance" -> current = instantiate(definition(command), command);
            case "invoke" -> invoke(command);
            case "assert_return" -> assertReturn(command);
            case "assert_trap" -> assertTrap(command);
            case "assert_invalid", "assert_malformed" -> assertRefused(command);
            default -> throw new Skip(WastResult.Reason.TEXT, "a command that is not known");
        }
    }

    private void component(Map<String, @Nullable Object> command) throws IOException {
        Component component;
        try {
            component = define(command);
        } catch (MalformedComponentException e) {
            if (Objects.requireNonNullElse(e.getMessage(), "").contains("not supported")) {
                throw new Skip(WastResult.Reason.PROPOSAL, e.getMessage());
            }
            throw e;
        }
        if (!Boolean.TRUE.equals(command.get("definition"))) {
            current = instantiate(component, command);
        }
    }

    private static String string(Map<String, @Nullable Object> command, String key) {
        return (String) Objects.requireNonNull(command.get(key), key);
    }

    private byte[] bytes(Map<String, @Nullable Object> command) throws IOException {
        if (command.get("file") == null) {
            throw new Skip(WastResult.Reason.TEXT, "text that has no binary form");
        }
        return Files.readAllBytes(folder.resolve(string(command, "file")));
    }

    private Component define(Map<String, @Nullable Object> command) throws IOException {
        current = null;
        lastDefinition = null;
        Component component = Component.parse(bytes(command));
        lastDefinition = component;
        if (command.get("id") != null) {
            definitions.put(string(command, "id"), component);
        }
        return component;
    }

    private Component definition(Map<String, @Nullable Object> command) {
        Component found = command.get("of") == null ? lastDefinition : definitions.get(string(command, "of"));
        if (found == null) {
            throw unmade();
        }
        return found;
    }

    private RuntimeException unmade() {
        Skip cause = pending;
        return cause == null ? new IllegalStateException("There is no component to use.") : cause;
    }

    private ComponentInstance instantiate(Component component, Map<String, @Nullable Object> command) {
        ComponentInstance instance = link(component);
        if (command.get("id") != null) {
            named.put(string(command, "id"), instance);
        }
        return instance;
    }

    private ComponentInstance link(Component component) {
        try {
            InstanceLimits limits = InstanceLimits.defaults().withMemoryBytes(64L << 20);
            ComponentInstance instance =
                    new Linker<Object>(engine).link(component, limits).instantiate(new Object());
            opened.add(instance);
            return instance;
        } catch (LinkException e) {
            throw skip(e);
        }
    }

    private static Skip skip(LinkException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        if (!e.missing().isEmpty()) {
            return new Skip(WastResult.Reason.HOST, message);
        }
        return new Skip(
                message.contains("does not run yet") ? WastResult.Reason.ASYNC : WastResult.Reason.ENGINE, message);
    }

    private Object[] arguments(Map<String, @Nullable Object> command, FunctionType type) {
        List<Map<String, @Nullable Object>> given = values(command, "arguments");
        Object[] arguments = new Object[given.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = WastValue.of(given.get(i), type.parameters().get(i));
        }
        return arguments;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> values(Map<String, @Nullable Object> command, String key) {
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(command.get(key));
    }

    private ComponentFunction function(Map<String, @Nullable Object> command) {
        ComponentInstance instance = command.get("id") == null ? current : named.get(string(command, "id"));
        if (instance == null) {
            throw unmade();
        }
        return instance.function(string(command, "name"));
    }

    private @Nullable Object invoke(Map<String, @Nullable Object> command) {
        ComponentFunction function = function(command);
        return function.call(arguments(command, function.type()));
    }

    private void assertReturn(Map<String, @Nullable Object> command) {
        ValueType type = function(command).type().result();
        Object actual = invoke(command);
        List<Map<String, @Nullable Object>> expected = values(command, "expected");
        Object wanted = expected.isEmpty() || type == null ? null : WastValue.of(expected.get(0), type);
        if (!Objects.deepEquals(plain(wanted), plain(actual))) {
            throw new AssertionError("expected " + show(wanted) + " and got " + show(actual));
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof List<?> list ? list.toArray() : value;
    }

    private static String show(@Nullable Object value) {
        return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
    }

    private void assertTrap(Map<String, @Nullable Object> command) throws IOException {
        try {
            if (command.get("name") != null) {
                invoke(command);
            } else if ("instance".equals(command.get("action"))) {
                link(definition(command));
            } else {
                link(define(command));
            }
        } catch (TrapException expected) {
            return;
        }
        throw new AssertionError("no trap: " + command.get("message"));
    }

    private void assertRefused(Map<String, @Nullable Object> command) throws IOException {
        byte[] binary = bytes(command);
        try {
            Component component = Component.parse(binary);
            new Linker<Object>(engine).check(component);
        } catch (MalformedComponentException expected) {
            return;
        } catch (ComponentException e) {
            throw new AssertionError("refused otherwise", e);
        }
        throw new AssertionError("accepted: " + command.get("message"));
    }

    @Override
    public void close() {
        opened.forEach(ComponentInstance::close);
    }
}
