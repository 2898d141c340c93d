package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreTypeSyntax;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stands for any host and keeps what was imported, by name. */
final class RecordingProvider implements Provider {
    private final Provider any;
    private final Map<String, Entity> imports = new LinkedHashMap<>();

    RecordingProvider(Provider any) {
        this.any = any;
    }

    Map<String, Entity> imports() {
        return imports;
    }

    private <T extends Entity> T keep(String name, T entity) {
        imports.put(name, entity);
        return entity;
    }

    @Override
    public Entity.Function function(String name, Entity.FunctionOf type, int offset) {
        return keep(name, any.function(name, type, offset));
    }

    @Override
    public Entity.Type type(String name, Entity.Type equal, int offset) {
        return keep(name, any.type(name, equal, offset));
    }

    @Override
    public Entity.ResourceOf resource(String name, int offset) {
        return keep(name, any.resource(name, offset));
    }

    @Override
    public Entity.Instance instance(String name, Entity.InstanceOf type, int offset) {
        return keep(name, any.instance(name, type, offset));
    }

    @Override
    public Entity.Component component(String name, Entity.ComponentOf type, int offset) {
        return keep(name, any.component(name, type, offset));
    }

    @Override
    public Entity.Module module(String name, CoreTypeSyntax.Module type, int offset) {
        return keep(name, any.module(name, type, offset));
    }
}
