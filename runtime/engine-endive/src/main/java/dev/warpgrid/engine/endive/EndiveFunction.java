package dev.warpgrid.engine.endive;

import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import java.util.List;
import run.endive.runtime.ExportFunction;

/** A function of a guest. */
final class EndiveFunction implements CoreFunction {
    private final EndiveExtern extern;
    private final List<CoreValueType> parameters;
    private final List<CoreValueType> results;
    private final ExportFunction function;
    private final EndiveStore store;

    EndiveFunction(EndiveExtern extern, CoreSignature signature, ExportFunction function, EndiveStore store) {
        this.extern = extern;
        this.parameters = signature.parameters();
        this.results = signature.results();
        this.function = function;
        this.store = store;
        if (results.size() > 1) {
            throw new IllegalArgumentException("A function with several results can be passed on and not be called.");
        }
    }

    EndiveExtern extern() {
        return extern;
    }

    @Override
    public long call(long... arguments) {
        if (arguments.length != parameters.size()) {
            throw new IllegalArgumentException(
                    "The function takes " + parameters.size() + " core values and was given " + arguments.length + ".");
        }
        long[] bits = arguments.clone();
        for (int i = 0; i < bits.length; i++) {
            if (parameters.get(i) == CoreValueType.I32) {
                bits[i] = (int) bits[i];
            }
        }
        long[] answer = store.run(() -> function.apply(bits));
        if (results.isEmpty()) {
            return 0;
        }
        return EndiveStore.narrow(results.get(0)) ? answer[0] & 0xffff_ffffL : answer[0];
    }
}
