package dev.warpgrid.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * An interface that the host provides: immutable, built once, shared by all instances.
 *
 * @param <S> the host's state of one instance
 */
public final class HostInterface<S> {
    /** The name under which functions are given that a world imports by itself, outside any interface. */
    public static final String WORLD = "$root";

    private final String name;
    private final String version;
    private final Map<String, HostFunction<S>> functions;
    private final Map<String, HostResource<S>> resources;

    private HostInterface(Builder<S> builder) {
        this.name = builder.name;
        this.version = builder.version;
        this.functions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.functions));
        this.resources = Collections.unmodifiableMap(new LinkedHashMap<>(builder.resources));
    }

    /**
     * Starts an interface.
     *
     * @param name    with its package, as {@code wasi:io/streams}
     * @param version as {@code 0.2.12}; empty when the package has none
     */
    public static <S> Builder<S> named(String name, String version) {
        return new Builder<>(name, version);
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    /** The functions by their WIT name, as {@code [method]input-stream.read}, in the order they were given. */
    public Map<String, HostFunction<S>> functions() {
        return functions;
    }

    /** The resources by their WIT name, in the order they were given. */
    public Map<String, HostResource<S>> resources() {
        return resources;
    }

    @Override
    public String toString() {
        return version.isEmpty() ? name : name + "@" + version;
    }

    /** Collects an interface; not thread-safe. */
    public static final class Builder<S> {
        private final String name;
        private final String version;
        private final Map<String, HostFunction<S>> functions = new LinkedHashMap<>();
        private final Map<String, HostResource<S>> resources = new LinkedHashMap<>();

        private Builder(String name, String version) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("An interface of the host needs a name, as wasi:io/streams.");
            }
            this.name = name;
            this.version = version;
        }

        /**
         * Adds a resource whose representation is a Java object.
         *
         * @param javaType what an own or borrow of it is in Java; a host function that returns anything else traps
         * @param onDrop   runs when the guest drops the handle it owns, and when an instance closes with it still owned
         */
        public Builder<S> resource(String resourceName, Class<?> javaType, BiConsumer<S, Object> onDrop) {
            HostResource<S> added = new HostResource<>(resourceName, javaType, onDrop);
            if (resources.putIfAbsent(resourceName, added) != null) {
                throw new IllegalArgumentException("Resource " + resourceName + " of " + name + " is given twice.");
            }
            return this;
        }

        /**
         * Adds a function.
         *
         * @param witName as in WIT's mangling: {@code get-stdout}, {@code [method]input-stream.read},
         *                {@code [static]fields.from-list}, {@code [constructor]fields}
         */
        public Builder<S> function(String witName, HostFunction<S> function) {
            if (functions.putIfAbsent(witName, function) != null) {
                throw new IllegalArgumentException("Function " + witName + " of " + name + " is given twice.");
            }
            return this;
        }

        public HostInterface<S> build() {
            return new HostInterface<>(this);
        }
    }
}
