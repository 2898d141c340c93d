package dev.warpgrid.engine.endive;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import java.util.Locale;
import run.endive.runtime.WasmException;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** What the engine throws as the traps of the SPI. */
final class Traps {
    private Traps() {}

    static TrapException of(Throwable failure, boolean ended) {
        if (ended || failure instanceof WasmInterruptedException) {
            return new TrapException(Kind.INTERRUPTED, "The guest was interrupted.", failure);
        }
        return switch (failure) {
            case StackOverflowError _ ->
                new TrapException(Kind.STACK_OVERFLOW, "The guest's calls are too deep for the stack.", failure);
            case WasmException _ ->
                new TrapException(Kind.OTHER, "The guest threw an exception that nothing caught.", failure);
            case WasmEngineException engine -> trap(engine);
            default -> new TrapException(Kind.HOST_FAILURE, "A host function failed: " + failure, failure);
        };
    }

    private static TrapException trap(WasmEngineException failure) {
        if (failure.getCause() instanceof TrapException inner) {
            return inner;
        }
        if (failure.getCause() instanceof WasmEngineException start) {
            // A start function's trap comes inside of another.
            return trap(start);
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return new TrapException(
                kind(message.toLowerCase(Locale.ROOT)), "The guest trapped: " + message + ".", failure);
    }

    /** Endive says what happened in the words of the specification's tests. */
    private static Kind kind(String message) {
        if (message.contains("unreachable")) {
            return Kind.UNREACHABLE;
        }
        if (message.contains("memory") && message.contains("out of bounds")) {
            return Kind.MEMORY_OUT_OF_BOUNDS;
        }
        if (message.contains("divide by zero")) {
            return Kind.INTEGER_DIVIDE_BY_ZERO;
        }
        if (message.contains("integer overflow") || message.contains("invalid conversion")) {
            return Kind.INTEGER_OVERFLOW;
        }
        if (message.contains("stack exhausted") || message.contains("stack overflow")) {
            return Kind.STACK_OVERFLOW;
        }
        return message.contains("element") || message.contains("indirect call") || message.contains("table")
                ? Kind.INDIRECT_CALL
                : Kind.OTHER;
    }
}
