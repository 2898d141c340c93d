package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.Indirection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the detour through a shim's table out of a plan. A function of the host needs no such knot, since it finds the
 * memory it works on only when it is called: so whoever imports it from a shim is given the function itself, and a shim
 * and its filler that nobody needs any more are not instantiated. This changes nothing that a guest can tell: the
 * table must be used by nobody else, and no code may run while its slots are still empty.
 */
final class DirectCalls {
    private final List<CoreModuleBinary> modules;
    private final Set<CoreSource> referred;
    private final List<Plan.Step> steps;

    private DirectCalls(List<CoreModuleBinary> modules, List<Plan.Step> steps, Set<CoreSource> referred) {
        this.modules = modules;
        this.steps = new ArrayList<>(steps);
        this.referred = referred;
    }

    /**
     * Answers the steps that do the same with as little as possible.
     *
     * @param referred what is used of core instances beside their imports of one another
     */
    static List<Plan.Step> resolve(List<CoreModuleBinary> modules, List<Plan.Step> steps, Set<CoreSource> referred) {
        DirectCalls calls = new DirectCalls(modules, steps, referred);
        for (int i = 0; i < steps.size(); i++) {
            Optional<Indirection.Filler> filler = Indirection.filler(calls.module(steps.get(i)));
            if (filler.isPresent()) {
                calls.shorten(steps.get(i).instance(), filler.get());
            }
        }
        return calls.steps;
    }

    private CoreModuleBinary module(Plan.Step step) {
        return modules.get(step.module());
    }

    private Plan.Step step(int instance) {
        return steps.stream()
                .filter(step -> step.instance() == instance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A step refers to an instance that was taken out."));
    }

    private void shorten(int filling, Indirection.Filler filler) {
        if (!(step(filling).imports().get(filler.table()) instanceof CoreSource.Exported table)) {
            return;
        }
        int shimmed = table.coreInstance();
        Optional<Indirection.Shim> shim = Indirection.shim(module(step(shimmed)));
        if (shim.isEmpty() || !fits(shim.get(), table, filling, filler)) {
            return;
        }
        Map<CoreSource, CoreSource> direct = direct(shim.get(), shimmed, filling, filler);
        steps.replaceAll(step -> new Plan.Step(
                step.instance(),
                step.module(),
                step.imports().stream()
                        .map(source -> direct.getOrDefault(source, source))
                        .toList()));
        boolean idle = steps.stream()
                        .filter(step -> step.instance() != filling)
                        .flatMap(step -> step.imports().stream())
                        .noneMatch(source -> comesFrom(shimmed, source))
                && referred.stream().noneMatch(source -> comesFrom(shimmed, source));
        if (idle) {
            steps.removeIf(step -> step.instance() == shimmed || step.instance() == filling);
        }
    }

    private boolean fits(Indirection.Shim shim, CoreSource.Exported table, int filling, Indirection.Filler filler) {
        boolean whole = shim.table().equals(table.name())
                && filler.functions().size()
                        <= module(step(table.coreInstance()))
                                .tables()
                                .getFirst()
                                .minimum();
        boolean alone = steps.stream()
                .filter(step -> step.instance() != filling)
                .noneMatch(step -> step.imports().contains(table));
        boolean quiet = steps.stream()
                .filter(step -> step.instance() > table.coreInstance() && step.instance() < filling)
                .noneMatch(step -> module(step).startFunction());
        return whole && alone && quiet;
    }

    /** What stands for each of the shim's functions whose slot is given a function of the host of the same type. */
    private Map<CoreSource, CoreSource> direct(
            Indirection.Shim shim, int shimmed, int filling, Indirection.Filler filler) {
        Map<CoreSource, CoreSource> direct = new HashMap<>();
        shim.slots().forEach((name, slot) -> {
            if (slot < filler.functions().size()) {
                int position = filler.functions().get(slot);
                CoreSource source = step(filling).imports().get(position);
                boolean sameType = module(step(filling))
                        .imports()
                        .get(position)
                        .type()
                        .equals(module(step(shimmed)).export(name));
                if (sameType && source instanceof CoreSource.Host) {
                    direct.put(new CoreSource.Exported(shimmed, name), source);
                }
            }
        });
        return direct;
    }

    private static boolean comesFrom(int instance, CoreSource source) {
        return source instanceof CoreSource.Exported exported && exported.coreInstance() == instance;
    }
}
