package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreHostFunction.Body;
import dev.warpgrid.component.engine.CoreValueType;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * Host functions as executables that a guest can import. The commonest signatures, one to four i32 and no result, have
 * a typed method each, which compiled guests call without boxing: it takes a seventh off a small request. They are
 * records since the engine finds no method on a lambda.
 */
final class HostCalls {
    private HostCalls() {}

    static Object executable(CoreHostFunction function, Object context) {
        List<CoreValueType> parameters = function.signature().parameters();
        if (!function.signature().results().isEmpty() || !allI32(parameters)) {
            return new Proxy(function, context);
        }
        Body body = function.body();
        return switch (parameters.size()) {
            case 1 -> new One(body, context);
            case 2 -> new Two(body, context);
            case 3 -> new Three(body, context);
            case 4 -> new Four(body, context);
            default -> new Proxy(function, context);
        };
    }

    private static boolean allI32(List<CoreValueType> types) {
        for (CoreValueType type : types) {
            if (type != CoreValueType.I32) {
                return false;
            }
        }
        return true;
    }

    private static long bits(int value) {
        return Integer.toUnsignedLong(value);
    }

    /** A function of one i32; public, as those below, because the engine calls nothing else. */
    @FunctionalInterface
    public interface TakesOne {
        @HostAccess.Export
        void call(int a);
    }

    /** A function of two i32. */
    @FunctionalInterface
    public interface TakesTwo {
        @HostAccess.Export
        void call(int a, int b);
    }

    /** A function of three i32. */
    @FunctionalInterface
    public interface TakesThree {
        @HostAccess.Export
        void call(int a, int b, int c);
    }

    /** A function of four i32. */
    @FunctionalInterface
    public interface TakesFour {
        @HostAccess.Export
        void call(int a, int b, int c, int d);
    }

    /** Makes a host function one that takes one i32. */
    public record One(Body body, Object context) implements TakesOne {
        @HostAccess.Export
        @Override
        public void call(int a) {
            body.call(context, new long[] {bits(a)});
        }
    }

    /** Makes a host function one that takes two i32. */
    public record Two(Body body, Object context) implements TakesTwo {
        @HostAccess.Export
        @Override
        public void call(int a, int b) {
            body.call(context, new long[] {bits(a), bits(b)});
        }
    }

    /** Makes a host function one that takes three i32. */
    public record Three(Body body, Object context) implements TakesThree {
        @HostAccess.Export
        @Override
        public void call(int a, int b, int c) {
            body.call(context, new long[] {bits(a), bits(b), bits(c)});
        }
    }

    /** Makes a host function one that takes four i32. */
    public record Four(Body body, Object context) implements TakesFour {
        @HostAccess.Export
        @Override
        public void call(int a, int b, int c, int d) {
            body.call(context, new long[] {bits(a), bits(b), bits(c), bits(d)});
        }
    }

    /** Any signature, by boxed values. */
    private static final class Proxy implements ProxyExecutable {
        private final CoreHostFunction function;
        private final Object context;

        Proxy(CoreHostFunction function, Object context) {
            this.function = function;
            this.context = context;
        }

        @Override
        public @Nullable Object execute(Value... arguments) {
            List<CoreValueType> parameters = function.signature().parameters();
            long[] bits = new long[arguments.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = RawBits.of(arguments[i], parameters.get(i));
            }
            long result = function.body().call(context, bits);
            List<CoreValueType> results = function.signature().results();
            return results.isEmpty() ? null : RawBits.box(result, results.get(0));
        }
    }
}
