package dev.warpgrid.component.link;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.abi.CoreRef;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import dev.warpgrid.component.engine.CoreHostFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects a {@link Plan} while definitions are resolved. */
final class PlanBuilder {
    private final ComponentLimits limits;
    private final List<CoreModuleBinary> modules = new ArrayList<>();
    private final IdentityHashMap<CoreModuleBinary, Integer> moduleIndexes = new IdentityHashMap<>();
    private final List<Plan.Step> steps = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();
    private final Map<CoreSource, CoreRef> refs = new HashMap<>();
    private final List<CoreRef> memories = new ArrayList<>();

    PlanBuilder(ComponentLimits limits) {
        this.limits = limits;
    }

    int component(int parent, int offset) {
        parents.add(parent);
        requireFew(offset);
        return parents.size() - 1;
    }

    /** Adds the instantiation of a core module; answers the index of its instance. */
    int step(@Nullable CoreModuleBinary module, List<CoreSource> imports, int offset) {
        int index = module == null
                ? -1
                : moduleIndexes.computeIfAbsent(module, added -> {
                    modules.add(added);
                    return modules.size() - 1;
                });
        int instance = steps.size();
        steps.add(new Plan.Step(instance, index, imports));
        requireFew(offset);
        if (module != null) {
            for (int i = 0; i < module.memories().size(); i++) {
                memories.add(ref(new CoreSource.Exported(instance, CoreModuleRewriter.MEMORY_EXPORT + i)));
            }
        }
        return instance;
    }

    private void requireFew(int offset) {
        if (steps.size() + parents.size() > limits.instances()) {
            throw new MalformedComponentException(
                    "The component makes more than " + limits.instances() + " instances", offset);
        }
    }

    CoreRef ref(CoreSource source) {
        CoreRef found = refs.get(source);
        if (found == null) {
            found = switch (source) {
                case CoreSource.Exported exported ->
                    new CoreRef(refs.size(), exported.coreInstance(), exported.name(), null);
                case CoreSource.Host host -> new CoreRef(refs.size(), -1, "", host.function());
                case CoreSource.Unbound unbound ->
                    new CoreRef(
                            refs.size(), -1, "", new CoreHostFunction(Elaborator.NOTHING, (context, arguments) -> 0));
            };
            refs.put(source, found);
        }
        return found;
    }

    /** The plan as the component says it, in which every module has its step. */
    Plan checked() {
        return plan(modules, steps, Map.of());
    }

    /** The plan to run. */
    Plan linked(Map<String, Plan.Exported> exports) {
        List<Plan.Step> direct = DirectCalls.resolve(modules, steps, refs.keySet());
        int[] used = direct.stream().mapToInt(Plan.Step::module).distinct().toArray();
        Map<Integer, Integer> moved = new HashMap<>();
        List<CoreModuleBinary> kept = new ArrayList<>();
        for (int module : used) {
            moved.put(module, kept.size());
            kept.add(modules.get(module));
        }
        return plan(
                kept,
                direct.stream()
                        .map(step -> new Plan.Step(
                                step.instance(), Objects.requireNonNull(moved.get(step.module())), step.imports()))
                        .toList(),
                exports);
    }

    private Plan plan(List<CoreModuleBinary> taken, List<Plan.Step> made, Map<String, Plan.Exported> exports) {
        return new Plan(
                List.copyOf(taken),
                List.copyOf(made),
                steps.size(),
                List.copyOf(parents),
                refs.size(),
                List.copyOf(memories),
                exports);
    }
}
