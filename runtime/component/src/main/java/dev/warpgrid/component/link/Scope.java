package dev.warpgrid.component.link;

import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.Sort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index spaces of one component, component type or instance type while its definitions are resolved. */
final class Scope {
    private final @Nullable Scope parent;
    private final int component;
    private final Map<Sort, List<Entity>> spaces = new EnumMap<>(Sort.class);
    private boolean resourcesOutside;

    /**
     * Opens a scope.
     *
     * @param component index of the component instance it is resolved for; -1 in a type
     */
    Scope(@Nullable Scope parent, int component) {
        this.parent = parent;
        this.component = component;
    }

    int component() {
        return component;
    }

    void add(Entity entity) {
        spaces.computeIfAbsent(entity.sort(), sort -> new ArrayList<>()).add(entity);
    }

    Entity get(Sort sort, int index, int offset) {
        List<Entity> space = spaces.getOrDefault(sort, List.of());
        if (index < 0 || index >= space.size()) {
            throw new MalformedComponentException(
                    "The " + sort + " index " + Integer.toUnsignedString(index) + " is out of bounds, there are "
                            + space.size(),
                    offset);
        }
        return space.get(index);
    }

    <T extends Entity> T get(Class<T> type, Sort sort, int index, int offset) {
        Entity found = get(sort, index, offset);
        if (!type.isInstance(found)) {
            throw new MalformedComponentException(
                    "The " + sort + " index " + index + " is not a " + kind(type) + " type", offset);
        }
        return type.cast(found);
    }

    private static String kind(Class<?> type) {
        return type.getSimpleName().replace("Of", "").toLowerCase(java.util.Locale.ROOT);
    }

    Scope outer(int count, int offset) {
        Scope scope = this;
        for (int i = 0; i < count; i++) {
            if (scope.parent == null) {
                throw new MalformedComponentException("An outer alias reaches past the outermost component", offset);
            }
            scope = scope.parent;
        }
        return scope;
    }

    /** Whether a component, and not only types, lies between this scope and an outer one. */
    boolean crossesComponent(int count) {
        Scope scope = this;
        for (int i = 0; i < count && scope != null; i++) {
            if (scope.component >= 0) {
                return true;
            }
            scope = scope.parent;
        }
        return false;
    }

    /** Notes that an outer alias of this scope reached a type that mentions a resource, over a number of scopes. */
    void markResourcesOutside(int count) {
        Scope scope = this;
        for (int i = 0; i < count && scope != null; i++) {
            scope.resourcesOutside = true;
            scope = scope.parent;
        }
    }

    /** Whether anything inside refers to a resource type that is defined outside. */
    boolean resourcesOutside() {
        return resourcesOutside;
    }
}
