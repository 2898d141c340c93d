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
        steps.add(new Plan.Step(index, List.copyOf(imports)));
        requireFew(offset);
        int instance = steps.size() - 1;
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

    Plan plan(Map<String, Plan.Exported> exports) {
        return new Plan(
                List.copyOf(modules),
                List.copyOf(steps),
                List.copyOf(parents),
                refs.size(),
                List.copyOf(memories),
                exports);
    }
}
