package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import org.graalvm.polyglot.PolyglotException;

/** What the engine throws as the traps of the SPI. */
final class Traps {
    private Traps() {}

    static TrapException of(PolyglotException failure) {
        if (failure.isCancelled() || failure.isInterrupted()) {
            return new TrapException(Kind.INTERRUPTED, "The guest was interrupted.", failure);
        }
        if (failure.isHostException()) {
            return host(failure.asHostException());
        }
        if (failure.isResourceExhausted()) {
            return new TrapException(Kind.STACK_OVERFLOW, "The guest's calls are too deep for the stack.", failure);
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return new TrapException(kind(message), "The guest trapped: " + sentence(message), failure);
    }

    static TrapException closed(IllegalStateException failure) {
        return new TrapException(Kind.INTERRUPTED, "The guest was ended.", failure);
    }

    private static TrapException host(Throwable thrown) {
        return switch (thrown) {
            case TrapException trap -> trap;
            case StackOverflowError overflow ->
                new TrapException(Kind.STACK_OVERFLOW, "The guest's calls are too deep for the stack.", overflow);
            default -> new TrapException(Kind.HOST_FAILURE, "A host function failed: " + thrown, thrown);
        };
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    /** GraalWasm says what happened in the words of the specification's tests. */
    private static Kind kind(String message) {
        if (message.contains("unreachable")) {
            return Kind.UNREACHABLE;
        }
        if (message.contains("memory") && message.matches(".*out.of.bounds.*")) {
            return Kind.MEMORY_OUT_OF_BOUNDS;
        }
        if (message.contains("integer divide by zero")) {
            return Kind.INTEGER_DIVIDE_BY_ZERO;
        }
        if (message.contains("integer overflow") || message.contains("invalid conversion")) {
            return Kind.INTEGER_OVERFLOW;
        }
        if (message.contains("stack")) {
            return Kind.STACK_OVERFLOW;
        }
        return message.contains("element") || message.contains("indirect call") || message.contains("table")
                ? Kind.INDIRECT_CALL
                : Kind.OTHER;
    }
}
