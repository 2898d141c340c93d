package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** A function of a guest. */
final class GraalWasmFunction implements CoreFunction, GraalWasmExtern {
    private final Value function;
    private final List<CoreValueType> parameters;
    private final List<CoreValueType> results;

    GraalWasmFunction(Value function, CoreSignature signature) {
        this.function = function;
        this.parameters = signature.parameters();
        this.results = signature.results();
        if (results.size() > 1) {
            throw new IllegalArgumentException("A function with several results can be passed on and not be called.");
        }
    }

    @Override
    public Value value() {
        return function;
    }

    @Override
    public long call(long... arguments) {
        if (arguments.length != parameters.size()) {
            throw new IllegalArgumentException(
                    "The function takes " + parameters.size() + " core values and was given " + arguments.length + ".");
        }
        Object[] boxed = new Object[arguments.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = RawBits.box(arguments[i], parameters.get(i));
        }
        try {
            if (results.isEmpty()) {
                function.executeVoid(boxed);
                return 0;
            }
            return RawBits.of(function.execute(boxed), results.get(0));
        } catch (PolyglotException e) {
            throw Traps.of(e);
        } catch (IllegalStateException e) {
            throw Traps.closed(e);
        }
    }
}
