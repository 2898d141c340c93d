package dev.warpgrid.component.link;

import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.ComponentBinary;
import dev.warpgrid.component.binary.Definition;
import dev.warpgrid.component.binary.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Elaborates several components into one plan, each after those it imports from. */
final class Composer {
    private final Elaborator elaborator;
    private final Provider host;
    private final Map<String, ComponentBinary> components;
    /** Each interface that a component exports, as its name stands there, with the component. */
    private final Map<String, String> exporters = new LinkedHashMap<>();

    private final Map<String, Entity.Instance> made = new HashMap<>();
    private final List<String> inside = new ArrayList<>();

    Composer(Elaborator elaborator, Provider host, Map<String, ComponentBinary> components) {
        this.elaborator = elaborator;
        this.host = host;
        this.components = components;
    }

    /**
     * Resolves all components.
     *
     * @return what they export together
     * @throws LinkException when two export one interface, or they import from each other in a circle
     */
    Entity.Instance compose() {
        components.forEach((name, component) -> instances(component, false)
                .forEach(exported -> exporters.merge(exported, name, (first, second) -> {
                    throw twice(exported, first, second);
                })));
        requireOneExporter();
        Map<String, Entity> exports = new LinkedHashMap<>();
        for (String name : components.keySet()) {
            make(name).exports().forEach((exported, entity) -> {
                if (exports.putIfAbsent(exported, entity) != null) {
                    throw new LinkException("Two components of the composition export " + exported
                            + ", and nothing tells which of them is meant: leave one of them out.");
                }
            });
        }
        return new Entity.Instance(exports);
    }

    /** Versions that stand for each other count as one interface. */
    private void requireOneExporter() {
        Map<String, String> seen = new HashMap<>();
        exporters.forEach((exported, name) -> {
            String before = seen.putIfAbsent(Versions.canonical(exported), name);
            if (before != null && !before.equals(name)) {
                throw twice(exported, before, name);
            }
        });
    }

    private static LinkException twice(String exported, String first, String second) {
        return new LinkException("The components " + first + " and " + second + " both export " + exported
                + "; an interface has one exporter in a composition.");
    }

    /** The names of the interfaces a component imports or exports. */
    private static List<String> instances(ComponentBinary component, boolean imports) {
        List<String> names = new ArrayList<>();
        for (Definition definition : component.definitions()) {
            Optional<String> name = switch (definition) {
                case Definition.Import given
                when imports && given.type().sort() == Sort.INSTANCE -> Optional.of(given.name());
                case Definition.Export export
                when !imports && export.item().sort() == Sort.INSTANCE ->
                    Optional.of(export.item().name());
                default -> Optional.empty();
            };
            name.filter(each -> each.indexOf(':') > 0).ifPresent(names::add);
        }
        return names;
    }

    /** What another component exports for an import: the exact version when it is there, else one that stands for it. */
    private Optional<String> exported(String wanted, String importer) {
        String exact = exporters.get(wanted);
        if (exact != null && !exact.equals(importer)) {
            return Optional.of(wanted);
        }
        return exporters.entrySet().stream()
                .filter(each -> !each.getValue().equals(importer) && Versions.compatible(wanted, each.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Entity.Instance make(String name) {
        Entity.Instance before = made.get(name);
        if (before != null) {
            return before;
        }
        if (inside.contains(name)) {
            throw new LinkException("The components "
                    + String.join(", ", inside.subList(inside.indexOf(name), inside.size()))
                    + " import from each other in a circle; let one of them import what it needs from the host.");
        }
        inside.add(name);
        ComponentBinary component = Objects.requireNonNull(components.get(name));
        Map<String, Entity> siblings = new HashMap<>();
        for (String wanted : instances(component, true)) {
            exported(wanted, name).ifPresent(found -> {
                String exporter = Objects.requireNonNull(exporters.get(found));
                siblings.put(
                        wanted, Objects.requireNonNull(make(exporter).exports().get(found)));
            });
        }
        inside.removeLast();
        Entity.Instance instance = elaborate(name, component, siblings);
        made.put(name, instance);
        return instance;
    }

    private Entity.Instance elaborate(String name, ComponentBinary component, Map<String, Entity> siblings) {
        try {
            return elaborator.outermost(component, new SiblingProvider(elaborator, host, siblings));
        } catch (MalformedComponentException e) {
            throw new LinkException("The component " + name + " does not fit what it is linked to: " + e.getMessage());
        }
    }
}
