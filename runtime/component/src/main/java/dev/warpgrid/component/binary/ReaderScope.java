package dev.warpgrid.component.binary;

import dev.warpgrid.component.ComponentLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader must know of the scopes around it: the core types, which module types refer to while they are read,
 * the nesting, and how many definitions there are so far.
 */
final class ReaderScope {
    private final @Nullable ReaderScope parent;
    private final int depth;
    private final int[] definitions;
    private final int limit;
    private final List<CoreTypeSyntax> coreTypes = new ArrayList<>();

    ReaderScope(@Nullable ReaderScope parent, ComponentLimits limits) {
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.definitions = parent == null ? new int[1] : parent.definitions;
        this.limit = limits.definitions();
    }

    ReaderScope nested(ByteReader at) {
        if (depth + 1 >= at.limits().nesting()) {
            throw at.malformed(
                    "Components and types are nested deeper than " + at.limits().nesting());
        }
        return new ReaderScope(this, at.limits());
    }

    void count(ByteReader at, Definition definition) {
        if (++definitions[0] > limit) {
            throw at.malformed("The component has more than " + limit + " definitions");
        }
        if (definition instanceof Definition.CoreTypeDefinition added) {
            coreTypes.add(added.type());
        } else if (definition instanceof Definition.AliasOuter alias && alias.sort() == Sort.CORE_TYPE) {
            coreTypes.add(outer(at, alias.count(), alias.index()));
        }
    }

    /** A core type of an enclosing scope, 0 being this one. */
    CoreTypeSyntax outer(ByteReader at, int count, int index) {
        ReaderScope scope = this;
        for (int i = 0; i < count; i++) {
            if (scope.parent == null) {
                throw at.malformed("An outer alias reaches past the outermost component");
            }
            scope = scope.parent;
        }
        if (index >= scope.coreTypes.size()) {
            throw at.malformed("The core type index " + index + " is out of bounds");
        }
        return scope.coreTypes.get(index);
    }
}
