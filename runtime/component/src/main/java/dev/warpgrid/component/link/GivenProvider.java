package dev.warpgrid.component.link;

import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreTypeSyntax;
import java.util.Map;

/** Takes entities by name, as an instantiation or an export gives them, and checks that each fits its type. */
final class GivenProvider implements Provider {
    private final Elaborator elaborator;
    private final Map<String, Entity> given;

    GivenProvider(Elaborator elaborator, Map<String, Entity> given) {
        this.elaborator = elaborator;
        this.given = given;
    }

    private <T extends Entity> T find(Class<T> type, String name, String what, int offset) {
        Entity found = given.get(name);
        if (found == null) {
            throw new MalformedComponentException("The " + what + " " + name + " is not given", offset);
        }
        if (!type.isInstance(found)) {
            throw new MalformedComponentException(
                    "The " + what + " " + name + " is given as a " + found.sort(), offset);
        }
        return type.cast(found);
    }

    @Override
    public Entity.Function function(String name, Entity.FunctionOf type, int offset) {
        Entity.Function found = find(Entity.Function.class, name, "function", offset);
        if (!found.type().equals(type.type())) {
            throw new MalformedComponentException("The function " + name + " is given with another type", offset);
        }
        return new Entity.Function(found.type(), type.shape(), found.callee());
    }

    @Override
    public Entity.Type type(String name, Entity.Type equal, int offset) {
        Entity.Type found = find(Entity.Type.class, name, "type", offset);
        if (!same(found, equal)) {
            throw new MalformedComponentException("The type " + name + " is given as another type", offset);
        }
        return found;
    }

    private static boolean same(Entity.Type given, Entity.Type wanted) {
        return switch (wanted) {
            case Entity.ValueOf value ->
                given instanceof Entity.ValueOf other && other.type().equals(value.type());
            case Entity.FunctionOf function ->
                given instanceof Entity.FunctionOf other && other.type().equals(function.type());
            case Entity.ResourceOf resource ->
                given instanceof Entity.ResourceOf other && other.type().equals(resource.type());
            case Entity.ComponentOf _ -> given instanceof Entity.ComponentOf;
            case Entity.InstanceOf _ -> given instanceof Entity.InstanceOf;
        };
    }

    @Override
    public Entity.ResourceOf resource(String name, int offset) {
        return find(Entity.ResourceOf.class, name, "resource type", offset);
    }

    @Override
    public Entity.Instance instance(String name, Entity.InstanceOf type, int offset) {
        Entity.Instance found = find(Entity.Instance.class, name, "instance", offset);
        return elaborator.instance(type, new GivenProvider(elaborator, found.exports()));
    }

    @Override
    public Entity.Component component(String name, Entity.ComponentOf type, int offset) {
        return find(Entity.Component.class, name, "component", offset);
    }

    @Override
    public Entity.Module module(String name, CoreTypeSyntax.Module type, int offset) {
        Entity.Module found = find(Entity.Module.class, name, "core module", offset);
        CoreMatch.requireModule(name, found, type, offset);
        return found;
    }
}
