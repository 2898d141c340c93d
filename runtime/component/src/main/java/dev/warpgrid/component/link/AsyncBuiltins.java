package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The core types of the canonical functions of the async extension (CanonicalABI.md, "Canonical Definitions"), which are
 * checked although this host does not run them.
 */
final class AsyncBuiltins {
    private static final Map<String, CoreType.Function> TYPES = new HashMap<>();

    static {
        add("()", "task.cancel", "backpressure.inc", "backpressure.dec");
        add(
                "i()",
                "backpressure.set",
                "subtask.drop",
                "waitable-set.drop",
                "error-context.drop",
                "thread.resume-later");
        add("i()", "stream.drop-readable", "stream.drop-writable", "future.drop-readable", "future.drop-writable");
        add("i(i", "subtask.cancel", "stream.cancel-read", "stream.cancel-write");
        add("i(i", "future.cancel-read", "future.cancel-write");
        add("i(i", "thread.suspend-then-resume", "thread.yield-then-resume");
        add("i(i", "thread.suspend-then-promote", "thread.yield-then-promote");
        add("(i", "waitable-set.new", "thread.yield", "thread.index", "thread.suspend", "thread.available-parallelism");
        add("(l", "stream.new", "future.new");
        add("iii(i", "stream.read", "stream.write");
        add("ii(i", "future.read", "future.write", "waitable-set.wait", "waitable-set.poll", "error-context.new");
        add("ii(i", "thread.new-indirect");
        add("ii()", "waitable.join", "error-context.debug-message");
    }

    private AsyncBuiltins() {}

    /** Parameters before the parenthesis, the result behind it. */
    private static void add(String shape, String... names) {
        int split = shape.indexOf('(');
        CoreSignature signature =
                new CoreSignature(types(shape.substring(0, split)), types(shape.substring(split + 1)));
        for (String name : names) {
            TYPES.put(name, CoreType.Function.of(signature));
        }
    }

    private static List<CoreValueType> types(String letters) {
        List<CoreValueType> types = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) != ')') {
                types.add(letters.charAt(i) == 'l' ? CoreValueType.I64 : CoreValueType.I32);
            }
        }
        return types;
    }

    /** The type of a function; of one whose type depends on more than its name, one that fits everywhere. */
    static CoreType.Function type(String name) {
        return TYPES.getOrDefault(name, CoreMatch.ANY);
    }
}
