package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreTypeSyntax;

/** Gives what an import, or an export that an instance type declares, stands for. */
interface Provider {
    Entity.Function function(String name, Entity.FunctionOf type, int offset);

    /** Gives the type that is equal to one known already. */
    Entity.Type type(String name, Entity.Type equal, int offset);

    Entity.ResourceOf resource(String name, int offset);

    Entity.Instance instance(String name, Entity.InstanceOf type, int offset);

    Entity.Component component(String name, Entity.ComponentOf type, int offset);

    Entity.Module module(String name, CoreTypeSyntax.Module type, int offset);
}
