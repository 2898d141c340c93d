package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreTypeSyntax;
import dev.warpgrid.component.types.ResourceType;

/** Stands for any host: every import is known by its type only. */
final class AbstractProvider implements Provider {
    private final Elaborator elaborator;

    AbstractProvider(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    @Override
    public Entity.Function function(String name, Entity.FunctionOf type, int offset) {
        return new Entity.Function(type.type(), type.shape(), null);
    }

    @Override
    public Entity.Type type(String name, Entity.Type equal, int offset) {
        return equal.renamed();
    }

    @Override
    public Entity.ResourceOf resource(String name, int offset) {
        return new Entity.ResourceOf(new ResourceType(name), Shape.resource());
    }

    @Override
    public Entity.Instance instance(String name, Entity.InstanceOf type, int offset) {
        return elaborator.instance(type, this);
    }

    @Override
    public Entity.Component component(String name, Entity.ComponentOf type, int offset) {
        return new Entity.Component(null, type.scope(), type);
    }

    @Override
    public Entity.Module module(String name, CoreTypeSyntax.Module type, int offset) {
        return new Entity.Module(null, type.imports(), type.exports());
    }
}
