package dev.warpgrid.component.link;

import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Imports and exports as WIT (component-model, WIT.md). A binary does not say which of two equal types one refers to; the
 * one of its own interface is taken, else the first.
 */
final class WitText {
    private final StringBuilder out = new StringBuilder();
    // Value and resource types are equal when they are the same object.
    private final Map<Object, Home> homes = new HashMap<>();
    private Map<Object, String> local = new HashMap<>();

    /** Where a type has its name. */
    private record Home(String interfaceName, String name) {}

    private WitText() {}

    static String of(Map<String, Entity> imports, Map<String, Entity> exports) {
        WitText text = new WitText();
        text.print(imports, exports);
        return text.out.toString();
    }

    private void print(Map<String, Entity> imports, Map<String, Entity> exports) {
        Map<String, Map<String, Entity.Instance>> packages = new LinkedHashMap<>();
        collect(imports, packages);
        collect(exports, packages);
        settle(imports);
        settle(exports);
        line(0, "package root:component;");
        line(0, "");
        line(0, "world root {");
        world("import", imports);
        world("export", exports);
        line(0, "}");
        packages.forEach((name, interfaces) -> {
            line(0, "");
            line(0, "package " + name + " {");
            interfaces.forEach((each, instance) -> body("interface " + each, fullName(name, each), instance, 1));
            line(0, "}");
        });
    }

    /** Gives each type its home: the first interface, in the order of the binary, that has it. */
    private void settle(Map<String, Entity> entities) {
        entities.forEach((name, entity) -> {
            if (entity instanceof Entity.Instance instance) {
                instance.exports().forEach((label, each) -> settle(name, label, each));
            } else {
                settle("", name, entity);
            }
        });
    }

    private void settle(String interfaceName, String name, Entity entity) {
        Object key = entity instanceof Entity.Type type ? key(type) : null;
        if (key != null) {
            homes.putIfAbsent(key, new Home(interfaceName, name));
        }
    }

    private static void collect(Map<String, Entity> entities, Map<String, Map<String, Entity.Instance>> packages) {
        entities.forEach((name, entity) -> {
            int slash = name.indexOf('/');
            if (entity instanceof Entity.Instance instance && slash > 0) {
                int at = name.indexOf('@');
                String version = at < 0 ? "" : name.substring(at);
                packages.computeIfAbsent(name.substring(0, slash) + version, each -> new LinkedHashMap<>())
                        .putIfAbsent(name.substring(slash + 1, at < 0 ? name.length() : at), instance);
            }
        });
    }

    private static String fullName(String packageName, String interfaceName) {
        int at = packageName.indexOf('@');
        return at < 0
                ? packageName + "/" + interfaceName
                : packageName.substring(0, at) + "/" + interfaceName + packageName.substring(at);
    }

    private void world(String direction, Map<String, Entity> entities) {
        entities.forEach((name, entity) -> {
            switch (entity) {
                case Entity.Instance instance when name.indexOf('/') > 0 -> line(1, direction + " " + name + ";");
                case Entity.Instance instance -> body(direction + " " + name + ": interface", name, instance, 1);
                case Entity.Function function -> line(1, direction + " " + name + ": " + signature(function, 0) + ";");
                case Entity.Type type -> declare(1, "", name, type, Map.of());
                default -> line(1, "// " + direction + " " + name + ": " + entity.sort());
            }
        });
    }

    private void body(String head, String interfaceName, Entity.Instance instance, int depth) {
        local = new HashMap<>();
        instance.exports().forEach((name, entity) -> {
            Object key = entity instanceof Entity.Type type ? key(type) : null;
            if (key != null) {
                local.putIfAbsent(key, name);
            }
        });
        line(depth, head + " {");
        instance.exports().forEach((name, entity) -> {
            if (entity instanceof Entity.Type type) {
                declare(depth + 1, interfaceName, name, type, instance.exports());
            }
        });
        instance.exports().forEach((name, entity) -> {
            if (entity instanceof Entity.Function function && !name.startsWith("[")) {
                line(depth + 1, name + ": " + signature(function, 0) + ";");
            }
        });
        line(depth, "}");
        local = new HashMap<>();
    }

    /** A named type: one that is at home elsewhere is used, any other is declared. */
    private void declare(
            int depth, String interfaceName, String name, Entity.Type type, Map<String, Entity> neighbours) {
        Object key = key(type);
        Home home = key == null ? null : homes.get(key);
        if (home == null || home.equals(new Home(interfaceName, name))) {
            define(depth, name, type, neighbours);
        } else if (home.interfaceName().equals(interfaceName)) {
            line(depth, "type " + name + " = " + home.name() + ";");
        } else {
            String renamed = home.name().equals(name) ? name : home.name() + " as " + name;
            line(depth, "use " + home.interfaceName() + ".{" + renamed + "};");
        }
    }

    /** What identifies a type that can only be told by its name; null for one that can be written out. */
    private static @Nullable Object key(Entity.Type type) {
        return switch (type) {
            case Entity.ResourceOf resource -> resource.type();
            case Entity.ValueOf value when named(value.type()) -> value.type();
            case Entity.ValueOf _ -> null;
            case Entity.FunctionOf _ -> null;
            case Entity.ComponentOf _ -> null;
            case Entity.InstanceOf _ -> null;
        };
    }

    private static boolean named(ValueType type) {
        return switch (type.kind()) {
            case RECORD, VARIANT, ENUM, FLAGS -> true;
            default -> false;
        };
    }

    private void define(int depth, String name, Entity.Type type, Map<String, Entity> neighbours) {
        switch (type) {
            case Entity.ResourceOf resource -> resource(depth, name, neighbours);
            case Entity.ValueOf value -> value(depth, name, value.type());
            case Entity.FunctionOf function -> line(depth, "// type " + name + " = " + signature(function.type(), 0));
            case Entity.ComponentOf _ -> line(depth, "// type " + name + " of a component");
            case Entity.InstanceOf _ -> line(depth, "// type " + name + " of an interface");
        }
    }

    private void resource(int depth, String name, Map<String, Entity> neighbours) {
        List<String> members = new ArrayList<>();
        neighbours.forEach((label, entity) -> {
            if (entity instanceof Entity.Function function && label.startsWith("[")) {
                member(name, label, function).ifPresent(members::add);
            }
        });
        if (members.isEmpty()) {
            line(depth, "resource " + name + ";");
            return;
        }
        line(depth, "resource " + name + " {");
        members.forEach(member -> line(depth + 1, member));
        line(depth, "}");
    }

    private java.util.Optional<String> member(String resource, String label, Entity.Function function) {
        if (label.equals("[constructor]" + resource)) {
            return java.util.Optional.of("constructor" + parameters(function.type(), 0) + ";");
        }
        int dot = label.indexOf('.');
        if (dot < 0 || !label.substring(label.indexOf(']') + 1, dot).equals(resource)) {
            return java.util.Optional.empty();
        }
        String name = label.substring(dot + 1);
        return java.util.Optional.of(
                label.startsWith("[static]")
                        ? name + ": static " + signature(function, 0) + ";"
                        : name + ": " + signature(function, 1) + ";");
    }

    private void value(int depth, String name, ValueType type) {
        switch (type.kind()) {
            case RECORD -> block(depth, "record " + name, cases(type, ": ", ""));
            case VARIANT -> block(depth, "variant " + name, cases(type, "(", ")"));
            case ENUM -> block(depth, "enum " + name, type.labels());
            case FLAGS -> block(depth, "flags " + name, type.labels());
            default -> line(depth, "type " + name + " = " + text(type) + ";");
        }
    }

    private List<String> cases(ValueType type, String before, String after) {
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < type.labels().size(); index++) {
            ValueType child = type.children().get(index);
            String label = type.labels().get(index);
            lines.add(child == null ? label : label + before + text(child) + after);
        }
        return lines;
    }

    private void block(int depth, String head, List<String> members) {
        line(depth, head + " {");
        members.forEach(member -> line(depth + 1, member + ","));
        line(depth, "}");
    }

    private String signature(Entity.Function function, int skipped) {
        return signature(function.type(), skipped);
    }

    private String signature(FunctionType type, int skipped) {
        ValueType result = type.result();
        return (type.async() ? "async func" : "func")
                + parameters(type, skipped)
                + (result == null ? "" : " -> " + text(result));
    }

    private String parameters(FunctionType type, int skipped) {
        List<String> texts = new ArrayList<>();
        for (int index = skipped; index < type.parameters().size(); index++) {
            texts.add(type.labels().get(index) + ": " + text(type.parameters().get(index)));
        }
        return "(" + String.join(", ", texts) + ")";
    }

    private String text(ValueType type) {
        String name = known(type);
        if (name != null) {
            return name;
        }
        return switch (type.kind()) {
            case BOOL, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, CHAR, STRING, ERROR_CONTEXT ->
                type.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            case TUPLE, RECORD -> "tuple<" + children(type) + ">";
            case OPTION -> "option<" + text(type.child(1)) + ">";
            case RESULT -> result(type);
            case LIST -> "list<" + children(type) + ">";
            case FIXED_LIST -> "list<" + children(type) + ", " + type.length() + ">";
            case MAP -> "map<" + children(type) + ">";
            case OWN -> resource(type.resource());
            case BORROW -> "borrow<" + resource(type.resource()) + ">";
            case STREAM -> "stream" + optional(type);
            case FUTURE -> "future" + optional(type);
            case VARIANT, ENUM, FLAGS ->
                type.kind().name().toLowerCase(Locale.ROOT) + " { " + String.join(", ", type.labels()) + " }";
        };
    }

    private String optional(ValueType type) {
        return type.children().isEmpty() || type.children().getFirst() == null ? "" : "<" + children(type) + ">";
    }

    private String children(ValueType type) {
        return type.children().stream()
                .map(child -> child == null ? "_" : text(child))
                .collect(Collectors.joining(", "));
    }

    private String result(ValueType type) {
        ValueType ok = type.children().get(0);
        ValueType error = type.children().get(1);
        if (error == null) {
            return ok == null ? "result" : "result<" + text(ok) + ">";
        }
        return "result<" + (ok == null ? "_" : text(ok)) + ", " + text(error) + ">";
    }

    private String resource(ResourceType type) {
        String name = known(type);
        return name == null ? type.name() : name;
    }

    private @Nullable String known(Object type) {
        String name = local.get(type);
        Home home = homes.get(type);
        return name != null || home == null ? name : home.name();
    }

    private void line(int depth, String text) {
        out.append(text.isEmpty() ? "" : "  ".repeat(depth)).append(text).append('\n');
    }
}
