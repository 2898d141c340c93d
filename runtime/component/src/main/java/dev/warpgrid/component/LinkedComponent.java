package dev.warpgrid.component;

import dev.warpgrid.component.abi.GuestStore;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.link.CoreSource;
import dev.warpgrid.component.link.Plan;
import dev.warpgrid.component.link.Versions;
import java.util.List;
import java.util.function.Consumer;

/**
 * A component ready to be instantiated, immutable and thread-safe.
 *
 * @param <S> the host's state of one instance
 */
public final class LinkedComponent<S> implements AutoCloseable {
    private final CoreEngine engine;
    private final Plan plan;
    private final List<CoreModule> modules;
    private final InstanceLimits limits;

    LinkedComponent(CoreEngine engine, Plan plan, List<CoreModule> modules, InstanceLimits limits) {
        this.engine = engine;
        this.plan = plan;
        this.modules = List.copyOf(modules);
        this.limits = limits;
    }

    /**
     * Makes an instance in a store of its own and runs its start functions.
     *
     * @throws TrapException when a start function traps
     */
    public ComponentInstance instantiate(S state) {
        return instantiate(state, instance -> {});
    }

    /**
     * Makes an instance and shows it before its start functions run, so that a watchdog can interrupt those too.
     *
     * @param starting is given the instance, of which only {@link ComponentInstance#interrupt} may be used until this
     *                 method returns
     * @throws TrapException when a start function traps or is interrupted
     */
    public ComponentInstance instantiate(S state, Consumer<? super ComponentInstance> starting) {
        GuestStore store = new GuestStore(state, limits, plan.parents(), plan.coreInstances(), plan.coreRefs());
        store.bind(engine.newStore(store));
        ComponentInstance instance = new ComponentInstance(store, plan);
        boolean done = false;
        try {
            starting.accept(instance);
            run(store);
            done = true;
        } finally {
            if (!done) {
                store.close();
            }
        }
        return instance;
    }

    private void run(GuestStore store) {
        store.begin();
        try {
            for (Plan.Step step : plan.steps()) {
                store.instance(
                        step.instance(), store.core().instantiate(modules.get(step.module()), imports(store, step)));
            }
        } catch (RuntimeException | Error e) {
            throw store.poison(e);
        } finally {
            store.end();
        }
    }

    private static CoreExtern[] imports(GuestStore store, Plan.Step step) {
        List<CoreSource> sources = step.imports();
        CoreExtern[] imports = new CoreExtern[sources.size()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = switch (sources.get(i)) {
                case CoreSource.Host host -> host.function();
                case CoreSource.Exported exported ->
                    store.instance(exported.coreInstance()).export(exported.name());
                case CoreSource.Unbound unbound -> throw new IllegalStateException("A plan that runs is fully bound.");
            };
        }
        return imports;
    }

    /** Whether it exports an interface or function of this name; a version in the name is matched as imports are. */
    public boolean exports(String interfaceName) {
        return plan.exports().keySet().stream().anyMatch(actual -> Versions.matches(interfaceName, actual));
    }

    /** Frees nothing of instances that live; the engine frees compiled modules when nothing refers to them. */
    @Override
    public void close() {
        // The modules belong to the engine's cache, which lets go of them by itself.
    }
}
