package dev.warpgrid.component.binary;

import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The type of something a core module imports or exports. */
public sealed interface CoreType {
    /** How messages name it. */
    String describe();

    /** A function by its parameter and result types, as the bytes of the binary format. */
    record Function(List<Integer> parameters, List<Integer> results) implements CoreType {
        public Function {
            parameters = List.copyOf(parameters);
            results = List.copyOf(results);
        }

        /** The signature when it takes numbers only. */
        public Optional<CoreSignature> signature() {
            List<CoreValueType> in = numbers(parameters);
            List<CoreValueType> out = numbers(results);
            return in.size() == parameters.size() && out.size() == results.size()
                    ? Optional.of(new CoreSignature(in, out))
                    : Optional.empty();
        }

        public static Function of(CoreSignature signature) {
            return new Function(codes(signature.parameters()), codes(signature.results()));
        }

        @Override
        public String describe() {
            return "func " + names(parameters) + " -> " + names(results);
        }

        private static List<Integer> codes(List<CoreValueType> types) {
            return types.stream().map(CoreValueType::code).toList();
        }

        private static List<CoreValueType> numbers(List<Integer> codes) {
            List<CoreValueType> types = new ArrayList<>();
            codes.forEach(code -> CoreValueType.of(code).ifPresent(types::add));
            return types;
        }

        private static List<String> names(List<Integer> codes) {
            return codes.stream().map(Function::name).toList();
        }

        private static String name(int code) {
            return switch (code) {
                case 0x7f -> "i32";
                case 0x7e -> "i64";
                case 0x7d -> "f32";
                case 0x7c -> "f64";
                case 0x7b -> "v128";
                case 0x70 -> "funcref";
                case 0x6f -> "externref";
                default -> "0x" + Integer.toHexString(code);
            };
        }
    }

    /**
     * A memory.
     *
     * @param minimumPages of 64 KiB
     * @param maximumPages -1 when not given
     * @param wide         addresses are 64-bit
     */
    record Memory(long minimumPages, long maximumPages, boolean shared, boolean wide) implements CoreType {
        @Override
        public String describe() {
            return "memory of at least " + minimumPages + " pages";
        }
    }

    /** A table; maximum -1 when not given. */
    record Table(int element, long minimum, long maximum, boolean wide) implements CoreType {
        @Override
        public String describe() {
            return "table of at least " + minimum + " elements";
        }
    }

    record Global(int value, boolean mutable) implements CoreType {
        @Override
        public String describe() {
            return (mutable ? "mutable " : "") + "global";
        }
    }

    record Tag(Function function) implements CoreType {
        @Override
        public String describe() {
            return "tag";
        }
    }
}
