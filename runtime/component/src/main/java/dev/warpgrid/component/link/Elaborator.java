package dev.warpgrid.component.link;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.abi.GuestResourceType;
import dev.warpgrid.component.binary.ComponentBinary;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.binary.CoreTypeSyntax;
import dev.warpgrid.component.binary.Definition;
import dev.warpgrid.component.binary.ExternSyntax;
import dev.warpgrid.component.binary.NameRules;
import dev.warpgrid.component.binary.Sort;
import dev.warpgrid.component.binary.TypeSyntax;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.types.TypeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a component's definitions in order, the nested ones where they are instantiated, and resolves each. The
 * {@link Provider} decides what imports stand for, so that checking and linking are the same walk.
 */
final class Elaborator {
    static final CoreSignature NOTHING = new CoreSignature(List.of(), List.of());
    private static final Set<Sort> EXPORTABLE =
            Set.of(Sort.CORE_MODULE, Sort.FUNCTION, Sort.TYPE, Sort.COMPONENT, Sort.INSTANCE);

    private final ComponentLimits limits;
    private final TypeResolver resolver;
    private final CanonResolver canon;
    private final boolean checking;
    private PlanBuilder plan;
    private int effort;

    Elaborator(ComponentLimits limits, PlanBuilder plan, boolean checking, List<String> unsupported) {
        this.limits = limits;
        TypeTable types = new TypeTable();
        this.resolver = new TypeResolver(types, limits);
        this.canon = new CanonResolver(types, checking ? null : unsupported);
        this.plan = plan;
        this.checking = checking;
    }

    /** Resolves the outermost component. */
    Entity.Instance outermost(ComponentBinary component, Provider provider) {
        return component(component, null, -1, provider, checking);
    }

    /** Resolves one instantiation; its parent is the component that instantiates it, not the one that defines it. */
    private Entity.Instance component(
            ComponentBinary component, @Nullable Scope outer, int parent, Provider provider, boolean checkNested) {
        Scope scope = new Scope(outer, plan.component(parent, component.offset()));
        NameRules.Scope imports = new NameRules.Scope();
        NameRules.Scope exportNames = new NameRules.Scope();
        AnnotatedNames annotatedImports = new AnnotatedNames();
        AnnotatedNames annotatedExports = new AnnotatedNames();
        Visibility visibility = new Visibility(this);
        Map<String, Entity> exports = new LinkedHashMap<>();
        for (Definition definition : component.definitions()) {
            requireEffort(definition.offset());
            switch (definition) {
                case Definition.Import given -> {
                    requireName(given.name(), true, imports, given.type(), given.offset());
                    Entity entity = bind(given.type(), given.name(), scope, provider, given.offset());
                    annotatedImports.add(given.name(), entity, given.offset());
                    if (checkNested) {
                        visibility.imported(given.name(), entity, given.offset());
                    }
                    scope.add(entity);
                }
                case Definition.Export export -> {
                    Entity entity = export(export, scope, exports, exportNames);
                    annotatedExports.add(export.item().name(), entity, export.offset());
                    if (checkNested) {
                        visibility.exported(export.item().name(), entity, export.offset());
                    }
                }
                case Definition.Nested nested -> {
                    if (checkNested) {
                        checkNested(nested.component(), scope);
                    }
                    scope.add(new Entity.Component(nested.component(), scope, null));
                }
                default -> define(definition, scope);
            }
        }
        return new Entity.Instance(exports);
    }

    /** A type may name another twice, and so on; what that comes to is bounded by what a component may define. */
    private void requireEffort(int offset) {
        if (++effort > limits.definitions()) {
            throw new MalformedComponentException(
                    "The component unfolds to more than " + limits.definitions() + " definitions", offset);
        }
    }

    /** Checks a nested component by itself; what it would instantiate is not part of the plan. */
    private void checkNested(ComponentBinary component, Scope scope) {
        PlanBuilder outer = plan;
        plan = new PlanBuilder(limits);
        try {
            component(component, scope, -1, new AbstractProvider(this), true);
        } finally {
            plan = outer;
        }
    }

    private void define(Definition definition, Scope scope) {
        int offset = definition.offset();
        switch (definition) {
            case Definition.CoreModule(CoreModuleBinary module, int at) -> {
                requireDistinctImports(module, at);
                scope.add(new Entity.Module(module, module.imports(), module.exports()));
            }
            case Definition.CoreInstantiate instantiate -> scope.add(coreInstance(instantiate, scope));
            case Definition.CoreBundle bundle -> scope.add(coreBundle(bundle, scope));
            case Definition.CoreTypeDefinition type -> scope.add(new Entity.CoreTypeEntry(type.type()));
            case Definition.Instantiate instantiate -> scope.add(instance(instantiate, scope));
            case Definition.Bundle bundle ->
                scope.add(new Entity.Instance(items(bundle.exports(), scope, offset, true)));
            case Definition.AliasExport alias -> scope.add(aliasExport(alias, scope));
            case Definition.AliasCoreExport alias -> scope.add(aliasCoreExport(alias, scope));
            case Definition.AliasOuter alias -> scope.add(aliasOuter(alias, scope));
            case Definition.Type(TypeSyntax.Resource resource, int at) -> scope.add(resource(resource, scope, at));
            case Definition.Type type -> scope.add(declared(type.type(), scope, offset));
            case Definition.Lift lift -> scope.add(canon.lift(lift, scope, plan));
            case Definition.Lower lower -> scope.add(canon.lower(lower, scope, plan));
            case Definition.ResourceNew made -> scope.add(canon.resourceNew(made, scope));
            case Definition.ResourceDrop drop -> scope.add(canon.resourceDrop(drop, scope));
            case Definition.ResourceRep rep -> scope.add(canon.resourceRep(rep, scope));
            case Definition.UnsupportedCanon unknown -> scope.add(canon.unsupported(unknown, scope));
            case Definition.Start start ->
                throw new MalformedComponentException(
                        "Start functions of components, which take values, are not supported", offset);
            case Definition.Import _ -> throw new IllegalStateException("handled before");
            case Definition.Export _ -> throw new IllegalStateException("handled before");
            case Definition.ExportDeclaration _ -> throw new IllegalStateException("handled before");
            case Definition.Nested _ -> throw new IllegalStateException("handled before");
        }
    }

    /** A type; a component or instance type is walked once when a component is checked, so that it is valid unused. */
    private Entity.Type declared(TypeSyntax syntax, Scope scope, int offset) {
        Entity.Type type = resolver.resolve(syntax, scope, offset);
        if (!checking) {
            return type;
        }
        Provider any = new AbstractProvider(this);
        return switch (type) {
            case Entity.InstanceOf(var declarations, var _, boolean _) -> {
                Scope inner = new Scope(scope, -1);
                declarations(declarations, inner, any, any, Visibility.deferred(this));
                yield new Entity.InstanceOf(declarations, scope, inner.resourcesOutside());
            }
            case Entity.ComponentOf(var declarations, var _, boolean _) -> {
                Scope inner = new Scope(scope, -1);
                declarations(declarations, inner, any, any, new Visibility(this));
                yield new Entity.ComponentOf(declarations, scope, inner.resourcesOutside());
            }
            default -> type;
        };
    }

    /** An instance of an instance type, whose exports the provider gives. */
    Entity.Instance instance(Entity.InstanceOf type, Provider provider) {
        return new Entity.Instance(
                declarations(type.declarations(), new Scope(type.scope(), -1), provider, provider, null));
    }

    /** Walks the declarations of a type; with a visibility where it is defined, without one where it is used. */
    private Map<String, Entity> declarations(
            List<Definition> declarations,
            Scope scope,
            Provider given,
            Provider exported,
            @Nullable Visibility visibility) {
        NameRules.Scope imports = new NameRules.Scope();
        NameRules.Scope names = new NameRules.Scope();
        AnnotatedNames annotatedImports = new AnnotatedNames();
        AnnotatedNames annotatedExports = new AnnotatedNames();
        Map<String, Entity> exports = new LinkedHashMap<>();
        for (Definition declaration : declarations) {
            requireEffort(declaration.offset());
            switch (declaration) {
                case Definition.ExportDeclaration export -> {
                    requireName(export.name(), false, names, export.type(), export.offset());
                    Entity entity = bind(export.type(), export.name(), scope, exported, export.offset());
                    annotatedExports.add(export.name(), entity, export.offset());
                    if (visibility != null) {
                        visibility.exported(export.name(), entity, export.offset());
                    }
                    scope.add(entity);
                    exports.put(export.name(), entity);
                }
                case Definition.Import wanted -> {
                    requireName(wanted.name(), true, imports, wanted.type(), wanted.offset());
                    Entity entity = bind(wanted.type(), wanted.name(), scope, given, wanted.offset());
                    annotatedImports.add(wanted.name(), entity, wanted.offset());
                    if (visibility != null) {
                        visibility.imported(wanted.name(), entity, wanted.offset());
                    }
                    scope.add(entity);
                }
                case Definition.Type type ->
                    scope.add(
                            visibility == null
                                    ? resolver.resolve(type.type(), scope, type.offset())
                                    : declared(type.type(), scope, type.offset()));
                case Definition.AliasExport alias
                when alias.sort() != Sort.TYPE && alias.sort() != Sort.INSTANCE ->
                    throw new MalformedComponentException(
                            "An alias inside a type may only refer to types or instances", alias.offset());
                case Definition.AliasOuter alias
                when alias.sort() != Sort.TYPE && alias.sort() != Sort.CORE_TYPE ->
                    throw new MalformedComponentException(
                            "An outer alias inside a type may only refer to types or instances", alias.offset());
                default -> define(declaration, scope);
            }
        }
        return exports;
    }

    private Entity bind(ExternSyntax type, String name, Scope scope, Provider provider, int offset) {
        return switch (type) {
            case ExternSyntax.Function(int index) ->
                provider.function(name, scope.get(Entity.FunctionOf.class, Sort.TYPE, index, offset), offset);
            case ExternSyntax.TypeEqual(int index) ->
                provider.type(name, scope.get(Entity.Type.class, Sort.TYPE, index, offset), offset);
            case ExternSyntax.SubResource _ -> provider.resource(name, offset);
            case ExternSyntax.Instance(int index) ->
                provider.instance(name, scope.get(Entity.InstanceOf.class, Sort.TYPE, index, offset), offset);
            case ExternSyntax.Component(int index) ->
                provider.component(name, scope.get(Entity.ComponentOf.class, Sort.TYPE, index, offset), offset);
            case ExternSyntax.Module(int index) -> {
                CoreTypeSyntax found = scope.get(Entity.CoreTypeEntry.class, Sort.CORE_TYPE, index, offset)
                        .type();
                if (!(found instanceof CoreTypeSyntax.Module module)) {
                    throw new MalformedComponentException("The core type " + index + " is no module type", offset);
                }
                yield provider.module(name, module, offset);
            }
            case ExternSyntax.Value value ->
                throw new MalformedComponentException(
                        "The value " + name + " is imported or exported; values are not supported", offset);
        };
    }

    private static void requireName(
            String name, boolean imported, NameRules.Scope names, ExternSyntax type, int offset) {
        requireName(name, imported, names, type.sort(), offset);
    }

    private static void requireName(String name, boolean imported, NameRules.Scope names, Sort sort, int offset) {
        if (imported ? !NameRules.importName(name) : !NameRules.exportName(name)) {
            throw new MalformedComponentException(
                    "The name \"" + name + "\" is neither in kebab case nor that of an interface", offset);
        }
        if (name.startsWith("[") && sort != Sort.FUNCTION) {
            throw new MalformedComponentException("The name " + name + " stands for something not a function", offset);
        }
        if (!names.add(name)) {
            throw new MalformedComponentException(
                    "The " + (imported ? "import" : "export") + " name " + name + " conflicts with another one",
                    offset);
        }
    }

    private Entity export(Definition.Export export, Scope scope, Map<String, Entity> exports, NameRules.Scope names) {
        Definition.Item item = export.item();
        int offset = export.offset();
        if (!EXPORTABLE.contains(item.sort())) {
            throw new MalformedComponentException("A " + item.sort() + " cannot be exported", offset);
        }
        requireName(item.name(), false, names, item.sort(), offset);
        Entity entity = scope.get(item.sort(), item.index(), offset);
        ExternSyntax ascribed = export.type();
        if (ascribed != null) {
            entity = bind(ascribed, item.name(), scope, new GivenProvider(this, Map.of(item.name(), entity)), offset);
            if (checking) {
                // What others see of it from here on is what it was declared to be, its resources new ones too.
                entity = bind(ascribed, item.name(), scope, new AbstractProvider(this), offset);
            }
        } else if (entity instanceof Entity.Type type) {
            entity = type.renamed();
        }
        scope.add(entity);
        exports.put(item.name(), entity);
        return entity;
    }

    private static void requireDistinctImports(CoreModuleBinary module, int offset) {
        CoreModuleBinary.Import twice = module.duplicateImport();
        if (twice != null) {
            throw new MalformedComponentException(
                    "A core module imports " + twice.module() + " " + twice.name() + " twice", offset);
        }
    }

    private Map<String, Entity> items(List<Definition.Item> items, Scope scope, int offset, boolean exported) {
        Map<String, Entity> entities = new LinkedHashMap<>();
        NameRules.Scope names = new NameRules.Scope();
        for (Definition.Item item : items) {
            if (exported && EXPORTABLE.contains(item.sort())) {
                requireName(item.name(), false, names, item.sort(), offset);
                if (item.name().startsWith("[")) {
                    throw new MalformedComponentException(
                            "The function " + item.name() + " belongs to no resource named here", offset);
                }
            } else if (!EXPORTABLE.contains(item.sort())) {
                throw new MalformedComponentException("A " + item.sort() + " cannot be given or exported", offset);
            }
            if (entities.put(item.name(), scope.get(item.sort(), item.index(), offset)) != null) {
                throw new MalformedComponentException("The name " + item.name() + " is given twice", offset);
            }
        }
        return entities;
    }

    private Entity instance(Definition.Instantiate instantiate, Scope scope) {
        int offset = instantiate.offset();
        Entity.Component component = scope.get(Entity.Component.class, Sort.COMPONENT, instantiate.component(), offset);
        Map<String, Entity> arguments = items(instantiate.arguments(), scope, offset, false);
        Provider provider = new GivenProvider(this, arguments);
        ComponentBinary binary = component.binary();
        if (binary != null) {
            return component(binary, component.scope(), scope.component(), provider, false);
        }
        Entity.ComponentOf type = component.type();
        return type == null
                ? new Entity.Instance(Map.of())
                : new Entity.Instance(declarations(
                        type.declarations(), new Scope(type.scope(), -1), provider, new AbstractProvider(this), null));
    }

    private Entity coreInstance(Definition.CoreInstantiate instantiate, Scope scope) {
        int offset = instantiate.offset();
        Entity.Module module = scope.get(Entity.Module.class, Sort.CORE_MODULE, instantiate.module(), offset);
        Map<String, Entity.CoreInstance> arguments = new HashMap<>();
        for (Definition.Item item : instantiate.arguments()) {
            Entity.CoreInstance given = scope.get(Entity.CoreInstance.class, Sort.CORE_INSTANCE, item.index(), offset);
            if (arguments.put(item.name(), given) != null) {
                throw new MalformedComponentException("The core instance " + item.name() + " is given twice", offset);
            }
        }
        List<CoreSource> sources = new ArrayList<>();
        for (CoreModuleBinary.Import wanted : module.imports()) {
            sources.add(coreImport(wanted, arguments, offset));
        }
        return new Entity.CoreInstance(plan.step(module.binary(), sources, offset), module.exports(), Map.of());
    }

    private static CoreSource coreImport(
            CoreModuleBinary.Import wanted, Map<String, Entity.CoreInstance> arguments, int offset) {
        Entity.CoreInstance argument = arguments.get(wanted.module());
        Entity found = argument == null ? null : argument.export(wanted.name());
        if (!(found instanceof Entity.Core core)) {
            throw new MalformedComponentException(
                    "A core module imports " + wanted.module() + " " + wanted.name() + ", which is not given", offset);
        }
        if (!CoreMatch.fits(core.type(), wanted.type())) {
            throw new MalformedComponentException(
                    "A core module imports " + wanted.module() + " " + wanted.name() + " as "
                            + wanted.type().describe() + " and is given "
                            + core.type().describe(),
                    offset);
        }
        return core.source();
    }

    private static Entity coreBundle(Definition.CoreBundle bundle, Scope scope) {
        Map<String, Entity> entities = new LinkedHashMap<>();
        for (Definition.Item item : bundle.exports()) {
            if (entities.put(item.name(), scope.get(item.sort(), item.index(), bundle.offset())) != null) {
                throw new MalformedComponentException(
                        "The core export " + item.name() + " is given twice", bundle.offset());
            }
        }
        return new Entity.CoreInstance(-1, Map.of(), entities);
    }

    private static Entity aliasExport(Definition.AliasExport alias, Scope scope) {
        Entity.Instance instance = scope.get(Entity.Instance.class, Sort.INSTANCE, alias.instance(), alias.offset());
        return required(instance.exports().get(alias.name()), alias.name(), alias.sort(), alias.offset());
    }

    private static Entity aliasCoreExport(Definition.AliasCoreExport alias, Scope scope) {
        Entity.CoreInstance instance =
                scope.get(Entity.CoreInstance.class, Sort.CORE_INSTANCE, alias.instance(), alias.offset());
        return required(instance.export(alias.name()), alias.name(), alias.sort(), alias.offset());
    }

    private static Entity required(@Nullable Entity found, String name, Sort sort, int offset) {
        if (found == null || found.sort() != sort) {
            throw new MalformedComponentException("The instance has no export " + name + " that is a " + sort, offset);
        }
        return found;
    }

    private static Entity aliasOuter(Definition.AliasOuter alias, Scope scope) {
        Entity found = scope.outer(alias.count(), alias.offset()).get(alias.sort(), alias.index(), alias.offset());
        if (found instanceof Entity.Type type && type.mentionsResource()) {
            if (scope.crossesComponent(alias.count())) {
                throw new MalformedComponentException(
                        "An outer alias reaches for a resource type across a component", alias.offset());
            }
            scope.markResourcesOutside(alias.count());
        }
        return found;
    }

    private Entity resource(TypeSyntax.Resource resource, Scope scope, int offset) {
        if (resource.destructor() < 0) {
            return new Entity.ResourceOf(new GuestResourceType("resource", scope.component(), null), Shape.resource());
        }
        Entity.Core destructor = scope.get(Entity.Core.class, Sort.CORE_FUNCTION, resource.destructor(), offset);
        CoreType wanted = CoreType.Function.of(dev.warpgrid.component.abi.Trampolines.TAKES_HANDLE);
        if (!CoreMatch.fits(destructor.type(), wanted)) {
            throw new MalformedComponentException("A destructor is not a function that takes an i32", offset);
        }
        return new Entity.ResourceOf(
                new GuestResourceType("resource", scope.component(), plan.ref(destructor.source())), Shape.resource());
    }
}
