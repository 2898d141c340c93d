package dev.warpgrid.component;

import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.link.Plan;
import dev.warpgrid.component.link.Plans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a host offers to components. Deny by default: only interfaces given here are there. A guest's version inside
 * 0.2 links to the host's by major and minor number; a draft (0.2.0-rc.1) exactly; 1.x by its major number.
 *
 * @param <S> the host's state of one instance
 */
public final class Linker<S> {
    private final CoreEngine engine;
    private final Map<String, HostInterface<S>> interfaces = new LinkedHashMap<>();

    public Linker(CoreEngine engine) {
        this.engine = engine;
    }

    /** Adds an interface; a later one with the same name and version stands in for the former. */
    public Linker<S> provide(HostInterface<S> provided) {
        interfaces.put(provided.toString(), provided);
        return this;
    }

    /** The interfaces given, in their order. */
    public List<ExternName> provided() {
        return interfaces.values().stream()
                .map(given -> new ExternName(given.name(), given.version(), ExternKind.INSTANCE))
                .toList();
    }

    /**
     * Links a component: takes its core modules into the engine and makes its lift and lower plans, once.
     *
     * @throws LinkException          listing every import that is not provided
     * @throws LimitExceededException when a memory or table starts larger than the limits allow
     */
    public LinkedComponent<S> link(Component component, InstanceLimits limits) {
        return compile(Plans.link(component.binary(), component.limits(), interfaces.values()), limits);
    }

    /**
     * Links components to each other, and to what is given here, as one; they share the limits and are instantiated
     * and ended together.
     *
     * @throws LinkException          as for one component, and when two export one interface, import from each other in
     *                                a circle, or differ in the type of what they share
     * @throws LimitExceededException when their memories or tables start larger than the limits allow
     */
    public LinkedComponent<S> link(Composition composition, InstanceLimits limits) {
        return compile(Plans.compose(composition.binaries(), ComponentLimits.defaults(), interfaces.values()), limits);
    }

    private LinkedComponent<S> compile(Plan plan, InstanceLimits limits) {
        CoreModuleRewriter.Caps caps = caps(plan, limits);
        List<CoreModule> modules = new ArrayList<>();
        for (CoreModuleBinary module : plan.modules()) {
            byte[] capped = CoreModuleRewriter.rewrite(module, caps);
            modules.add(compile(capped, "module-" + modules.size()));
        }
        return new LinkedComponent<>(engine, plan, modules, limits);
    }

    /**
     * Has the engine check the code of every core module, nested and unused ones too, which parsing leaves to it and
     * {@link #link} does for the modules it needs.
     *
     * @throws MalformedComponentException when the engine refuses one, with the byte the module begins at
     */
    public void check(Component component) {
        for (CoreModuleBinary module : component.coreModules()) {
            byte[] wasm = Arrays.copyOfRange(module.bytes(), module.start(), module.start() + module.length());
            try {
                engine.compile(wasm, "checked");
            } catch (MalformedComponentException e) {
                throw e.within(module.start());
            }
        }
    }

    private CoreModule compile(byte[] wasm, String name) {
        try {
            return engine.compile(wasm, name);
        } catch (MalformedComponentException e) {
            throw new LinkException("The component does not fit this host: " + e.getMessage() + ".");
        }
    }

    /** What is left of the bytes and elements allowed is shared evenly, since no engine counts their sums. */
    private static CoreModuleRewriter.Caps caps(Plan plan, InstanceLimits limits) {
        long bytes = CoreModuleRewriter.bytes(plan.minimumMemoryPages());
        if (bytes > limits.memoryBytes()) {
            throw tooSmall("memoryBytes", bytes + " bytes of memory", limits.memoryBytes());
        }
        long elements = plan.minimumTableElements();
        if (elements > limits.tableElements()) {
            throw tooSmall("tableElements", elements + " elements of tables", limits.tableElements());
        }
        long pages = CoreModuleRewriter.pages(limits.memoryBytes() - bytes);
        return new CoreModuleRewriter.Caps(
                pages / Math.max(1, plan.memories().size()),
                (limits.tableElements() - elements) / Math.max(1, plan.tables()));
    }

    private static LimitExceededException tooSmall(String limit, String start, long allowed) {
        return new LimitExceededException(
                limit,
                "The component starts with " + start + " and the limit " + limit + " is " + allowed
                        + "; raise the limit to run it.");
    }
}
