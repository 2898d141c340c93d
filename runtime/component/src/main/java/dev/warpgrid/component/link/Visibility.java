package dev.warpgrid.component.link;

import dev.warpgrid.component.MalformedComponentException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Checks that whatever the imports and exports of one component, or component type, refer to has a name outside:
 * Explainer.md, "External Visibility of Types". What an import names may be used by later imports and exports, what an
 * export names by later exports.
 */
final class Visibility {
    private final Elaborator elaborator;
    private final boolean deferred;
    private final Set<Shape> imported = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Shape> exported = Collections.newSetFromMap(new IdentityHashMap<>());

    Visibility(Elaborator elaborator) {
        this(elaborator, false);
    }

    private Visibility(Elaborator elaborator, boolean deferred) {
        this.elaborator = elaborator;
        this.deferred = deferred;
    }

    /** For an instance type, which is checked where an import or export uses it. */
    static Visibility deferred(Elaborator elaborator) {
        return new Visibility(elaborator, true);
    }

    void imported(String name, Entity entity, int offset) {
        if (!deferred && !admit(entity, imported)) {
            throw invisible(name, entity, "import", offset);
        }
    }

    void exported(String name, Entity entity, int offset) {
        if (!deferred && !admit(entity, exported)) {
            throw invisible(name, entity, "export", offset);
        }
    }

    private static MalformedComponentException invisible(String name, Entity entity, String use, int offset) {
        return new MalformedComponentException(
                "The " + entity.sort() + " " + name + " is not valid as an " + use
                        + ": it refers to a type that has no name outside yet",
                offset);
    }

    private boolean admit(Entity entity, Set<Shape> named) {
        return switch (entity) {
            case Entity.Type type -> admitType(type, named);
            case Entity.Function function -> partsNamed(function.shape(), named);
            case Entity.Instance instance ->
                instance.exports().values().stream().allMatch(each -> admit(each, named));
            case Entity.Core _ -> true;
            case Entity.CoreTypeEntry _ -> true;
            case Entity.Module _ -> true;
            case Entity.CoreInstance _ -> true;
            case Entity.Component _ -> true;
        };
    }

    private boolean admitType(Entity.Type type, Set<Shape> named) {
        if (!usable(type, named)) {
            return false;
        }
        Shape shape = switch (type) {
            case Entity.ValueOf value -> value.shape();
            case Entity.ResourceOf resource -> resource.shape();
            case Entity.FunctionOf function -> function.shape();
            case Entity.ComponentOf _ -> null;
            case Entity.InstanceOf _ -> null;
        };
        if (shape != null) {
            named.add(shape);
            // What an import names may be exported too, and not the other way round.
            exported.add(shape);
        }
        return true;
    }

    /** Whether what a type is made of has names. */
    private boolean usable(Entity.Type type, Set<Shape> named) {
        return switch (type) {
            case Entity.ValueOf value -> partsNamed(value.shape(), named);
            case Entity.FunctionOf function -> partsNamed(function.shape(), named);
            case Entity.InstanceOf instance ->
                usable(elaborator.instance(instance, new AbstractProvider(elaborator)), named);
            case Entity.ResourceOf _ -> true;
            // Checked where it is defined.
            case Entity.ComponentOf _ -> true;
        };
    }

    private boolean usable(Entity.Instance instance, Set<Shape> named) {
        return instance.exports().values().stream().allMatch(each -> switch (each) {
            case Entity.Type type -> usable(type, named);
            case Entity.Function function -> partsNamed(function.shape(), named);
            case Entity.Instance inner -> usable(inner, named);
            case Entity.Core _ -> true;
            case Entity.CoreTypeEntry _ -> true;
            case Entity.Module _ -> true;
            case Entity.CoreInstance _ -> true;
            case Entity.Component _ -> true;
        });
    }

    private static boolean partsNamed(Shape shape, Set<Shape> named) {
        for (Shape part : shape.parts) {
            if (!named.contains(part)) {
                if (part.nominal || !partsNamed(part, named)) {
                    return false;
                }
                // Names are only ever added, so that a shape once found good stays so, and shared parts cost nothing.
                named.add(part);
            }
        }
        return true;
    }
}
