package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreTypeSyntax;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;

/** Gives what an import, or an export that an instance type declares, stands for. */
interface Provider {
    Entity.Function function(String name, FunctionType type, int offset);

    /** Told of a type that is equal to one known already. */
    void type(String name, Entity.Type equal, int offset);

    ResourceType resource(String name, int offset);

    Entity.Instance instance(String name, Entity.InstanceOf type, int offset);

    Entity.Component component(String name, Entity.ComponentOf type, int offset);

    Entity.Module module(String name, CoreTypeSyntax.Module type, int offset);
}
