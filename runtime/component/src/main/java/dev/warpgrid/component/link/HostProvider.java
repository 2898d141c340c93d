package dev.warpgrid.component.link;

import dev.warpgrid.component.HostFunction;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.HostResource;
import dev.warpgrid.component.abi.HostCallee;
import dev.warpgrid.component.binary.CoreTypeSyntax;
import dev.warpgrid.component.types.ResourceType;
import org.jspecify.annotations.Nullable;

/** Gives what the host provides, and notes what it does not. */
final class HostProvider implements Provider {
    private final Elaborator elaborator;
    private final HostInterfaces host;
    /** The import whose exports are asked for; null for the imports themselves. */
    private final @Nullable String importName;

    private final @Nullable HostInterface<?> inside;

    HostProvider(Elaborator elaborator, HostInterfaces host) {
        this(elaborator, host, null, null);
    }

    private HostProvider(
            Elaborator elaborator,
            HostInterfaces host,
            @Nullable String importName,
            @Nullable HostInterface<?> inside) {
        this.elaborator = elaborator;
        this.host = host;
        this.importName = importName;
        this.inside = inside;
    }

    /** What is missing: the whole interface, when the host has none of that name. */
    private String describe(String name) {
        if (importName == null) {
            return name;
        }
        return inside == null ? importName : importName + " " + name;
    }

    @Override
    public Entity.Function function(String name, Entity.FunctionOf type, int offset) {
        HostInterface<?> from = importName == null ? host.find(HostInterface.WORLD) : inside;
        HostFunction<?> function = from == null ? null : from.functions().get(name);
        if (function == null) {
            host.miss(describe(name));
            return new Entity.Function(type.type(), type.shape(), null);
        }
        return new Entity.Function(type.type(), type.shape(), new HostCallee(function, describe(name)));
    }

    @Override
    public Entity.Type type(String name, Entity.Type equal, int offset) {
        return equal.renamed();
    }

    @Override
    public Entity.ResourceOf resource(String name, int offset) {
        HostResource<?> resource = inside == null ? null : inside.resources().get(name);
        if (resource == null) {
            host.miss(describe(name));
            return new Entity.ResourceOf(new ResourceType(name), Shape.resource());
        }
        return new Entity.ResourceOf(host.type(resource), Shape.resource());
    }

    @Override
    public Entity.Instance instance(String name, Entity.InstanceOf type, int offset) {
        if (importName != null) {
            host.miss(describe(name));
            return elaborator.instance(type, new AbstractProvider(elaborator));
        }
        // An interface that holds types only needs nothing of the host; the first thing it does need is missed by name.
        return elaborator.instance(type, new HostProvider(elaborator, host, name, host.find(name)));
    }

    @Override
    public Entity.Component component(String name, Entity.ComponentOf type, int offset) {
        host.miss(describe(name) + " (a component)");
        return new Entity.Component(null, type.scope(), type);
    }

    @Override
    public Entity.Module module(String name, CoreTypeSyntax.Module type, int offset) {
        host.miss(describe(name) + " (a core module)");
        return new Entity.Module(null, type.imports(), type.exports());
    }
}
