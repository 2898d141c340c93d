package dev.warpgrid.component.link;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.abi.Callee;
import dev.warpgrid.component.binary.ComponentBinary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The two uses of the walk over a component's definitions. */
public final class Plans {
    private Plans() {}

    /**
     * Checks a component against no host in particular.
     *
     * @return a plan that tells what it would make, and cannot be run
     * @throws MalformedComponentException when it is not valid
     */
    public static Plan check(ComponentBinary component, ComponentLimits limits) {
        PlanBuilder plan = new PlanBuilder(limits);
        Elaborator elaborator = new Elaborator(limits, plan, true, List.of());
        elaborator.outermost(component, new AbstractProvider(elaborator));
        return plan.checked();
    }

    /** The imports and exports of a checked component as WIT. */
    public static String wit(ComponentBinary component, ComponentLimits limits) {
        Elaborator elaborator = new Elaborator(limits, new PlanBuilder(limits), true, List.of());
        RecordingProvider any = new RecordingProvider(new AbstractProvider(elaborator));
        Entity.Instance instance = elaborator.outermost(component, any);
        return WitText.of(any.imports(), instance.exports());
    }

    /**
     * Links a component to a host.
     *
     * @throws LinkException listing every import that the host does not provide, or what this host does not run
     */
    public static Plan link(
            ComponentBinary component, ComponentLimits limits, Collection<? extends HostInterface<?>> interfaces) {
        return link(limits, interfaces, (elaborator, host) -> elaborator.outermost(component, host));
    }

    /**
     * Links components to each other and to a host.
     *
     * @throws LinkException as {@link #link(ComponentBinary, ComponentLimits, Collection)}, and when they do not fit
     */
    public static Plan compose(
            Map<String, ComponentBinary> components,
            ComponentLimits limits,
            Collection<? extends HostInterface<?>> interfaces) {
        return link(limits, interfaces, (elaborator, host) -> new Composer(elaborator, host, components).compose());
    }

    private static Plan link(
            ComponentLimits limits,
            Collection<? extends HostInterface<?>> interfaces,
            BiFunction<Elaborator, Provider, Entity.Instance> walk) {
        PlanBuilder plan = new PlanBuilder(limits);
        List<String> unsupported = new ArrayList<>();
        Elaborator elaborator = new Elaborator(limits, plan, false, unsupported);
        HostInterfaces host = new HostInterfaces(interfaces);
        Entity.Instance instance;
        try {
            instance = walk.apply(elaborator, new HostProvider(elaborator, host));
        } catch (MalformedComponentException e) {
            throw new LinkException("The component does not fit this host: " + e.getMessage());
        }
        if (!host.missing().isEmpty()) {
            throw new LinkException(
                    "The component imports what this host does not provide: " + String.join(", ", host.missing()) + ".",
                    host.missing());
        }
        if (!unsupported.isEmpty()) {
            throw new LinkException(
                    "The component uses what this host does not run yet: " + String.join(", ", unsupported) + ".");
        }
        return plan.linked(exports(instance));
    }

    private static Map<String, Plan.Exported> exports(Entity.Instance instance) {
        Map<String, Plan.Exported> exports = new LinkedHashMap<>();
        instance.exports().forEach((name, entity) -> {
            if (entity instanceof Entity.Instance inner) {
                exports.put(name, new Plan.ExportedInstance(functions(inner)));
            }
        });
        exports.putAll(functions(instance));
        return exports;
    }

    private static Map<String, Plan.ExportedFunction> functions(Entity.Instance instance) {
        Map<String, Plan.ExportedFunction> functions = new LinkedHashMap<>();
        instance.exports().forEach((name, entity) -> {
            if (entity instanceof Entity.Function function) {
                Callee callee = function.callee();
                if (callee != null) {
                    functions.put(name, new Plan.ExportedFunction(function.type(), callee));
                }
            }
        });
        return functions;
    }
}
