package dev.warpgrid.component.link;

import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a {@code [constructor]}, {@code [method]} or {@code [static]} belongs to a resource named before it among
 * the imports, or the exports, of the same scope, and has the shape of one (Binary.md, "Import and Export Definitions").
 */
final class AnnotatedNames {
    private final Map<String, ResourceType> resources = new HashMap<>();

    void add(String name, Entity entity, int offset) {
        if (entity instanceof Entity.ResourceOf resource) {
            resources.put(name, resource.type());
        } else if (entity instanceof Entity.Function function && name.startsWith("[")) {
            check(name, function.type(), offset);
        }
    }

    private void check(String name, FunctionType type, int offset) {
        String bare = name.substring(name.indexOf(']') + 1);
        int dot = bare.indexOf('.');
        ResourceType resource = resources.get(dot < 0 ? bare : bare.substring(0, dot));
        if (resource == null) {
            throw new MalformedComponentException(
                    "The function " + name + " belongs to no resource named here", offset);
        }
        if (name.startsWith("[constructor]") && type.async()) {
            throw new MalformedComponentException("The constructor " + name + " is async", offset);
        }
        if (name.startsWith("[constructor]") && !constructs(type.result(), resource)) {
            throw new MalformedComponentException("The constructor " + name + " does not return its resource", offset);
        }
        if (name.startsWith("[method]") && !takesSelf(type, resource)) {
            throw new MalformedComponentException(
                    "The method " + name + " does not borrow its resource as its first parameter, self", offset);
        }
    }

    private static boolean constructs(@Nullable ValueType result, ResourceType resource) {
        if (result == null) {
            return false;
        }
        ValueType made = result.kind() == Kind.RESULT ? result.children().get(0) : result;
        return made != null && made.kind() == Kind.OWN && made.resource().equals(resource);
    }

    private static boolean takesSelf(FunctionType type, ResourceType resource) {
        if (type.parameters().isEmpty() || !type.labels().get(0).equals("self")) {
            return false;
        }
        ValueType self = type.parameters().get(0);
        return self.kind() == Kind.BORROW && self.resource().equals(resource);
    }
}
