package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreTypeSyntax;
import java.util.Map;

/** Gives what other components of a composition export, and leaves the rest to the host. */
final class SiblingProvider implements Provider {
    private final Provider host;
    private final Map<String, Entity> siblings;
    private final Provider given;

    SiblingProvider(Elaborator elaborator, Provider host, Map<String, Entity> siblings) {
        this.host = host;
        this.siblings = siblings;
        this.given = new GivenProvider(elaborator, siblings);
    }

    @Override
    public Entity.Function function(String name, Entity.FunctionOf type, int offset) {
        return host.function(name, type, offset);
    }

    @Override
    public Entity.Type type(String name, Entity.Type equal, int offset) {
        return host.type(name, equal, offset);
    }

    @Override
    public Entity.ResourceOf resource(String name, int offset) {
        return host.resource(name, offset);
    }

    @Override
    public Entity.Instance instance(String name, Entity.InstanceOf type, int offset) {
        return siblings.containsKey(name) ? given.instance(name, type, offset) : host.instance(name, type, offset);
    }

    @Override
    public Entity.Component component(String name, Entity.ComponentOf type, int offset) {
        return host.component(name, type, offset);
    }

    @Override
    public Entity.Module module(String name, CoreTypeSyntax.Module type, int offset) {
        return host.module(name, type, offset);
    }
}
