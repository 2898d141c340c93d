package dev.warpgrid.wasi.p1;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.wasi.files.FileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All functions of preview 1 by name, shared by all modules of the process. */
final class Preview1Functions {
    static final Map<String, CoreHostFunction> ALL = build();

    private final Map<String, CoreHostFunction> functions = new LinkedHashMap<>();

    private Preview1Functions() {}

    private static Map<String, CoreHostFunction> build() {
        Preview1Functions functions = new Preview1Functions();
        ProcessCalls.addTo(functions);
        DescriptorCalls.addTo(functions);
        FileCalls.addTo(functions);
        PathCalls.addTo(functions);
        SocketCalls.addTo(functions);
        functions.add("poll_oneoff", "iiii", PollCalls::poll);
        return Collections.unmodifiableMap(functions.functions);
    }

    /**
     * Adds a function that answers an errno.
     *
     * @param parameters one letter each: {@code i} for i32, {@code I} for i64
     */
    void add(String name, String parameters, HostCall call) {
        functions.put(name, new CoreHostFunction(signature(parameters, List.of(CoreValueType.I32)), (context, in) -> {
            Preview1Instance guest = (Preview1Instance) context;
            try {
                return call.run(guest, in);
            } catch (FileException e) {
                return e.error().preview1();
            } catch (ErrnoException e) {
                return e.errno();
            } catch (TrapException e) {
                if (e.kind() == TrapException.Kind.MEMORY_OUT_OF_BOUNDS) {
                    return Errno.FAULT;
                }
                throw e;
            }
        }));
    }

    /** Adds the one function that answers nothing. */
    void addEnd(String name, HostCall call) {
        functions.put(
                name,
                new CoreHostFunction(
                        signature("i", List.of()), (context, in) -> call.run((Preview1Instance) context, in)));
    }

    private static CoreSignature signature(String parameters, List<CoreValueType> results) {
        List<CoreValueType> types = parameters
                .chars()
                .mapToObj(letter -> letter == 'I' ? CoreValueType.I64 : CoreValueType.I32)
                .toList();
        return new CoreSignature(types, results);
    }
}
