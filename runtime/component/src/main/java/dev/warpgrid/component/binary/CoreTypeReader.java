package dev.warpgrid.component.binary;

import dev.warpgrid.component.binary.CoreType.Function;
import java.util.ArrayList;
import java.util.List;

/** Reads the types of core WebAssembly; those no engine here runs are refused by the name of their proposal. */
final class CoreTypeReader {
    private static final long MAX_PAGES = 65_536;
    private static final long MAX_PAGES_64 = 1L << 48;

    private CoreTypeReader() {}

    static int valueType(ByteReader in) {
        int code = in.u8();
        return switch (code) {
            case 0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f -> code;
            case 0x63, 0x64 -> reference(in, code);
            case 0x69 -> throw in.malformed("Exception references (exception handling) are not supported");
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no core value type");
        };
    }

    private static int reference(ByteReader in, int code) {
        int heap = in.u8();
        if (code == 0x63 && (heap == 0x70 || heap == 0x6f)) {
            return heap;
        }
        throw in.malformed("Typed references (garbage collection) are not supported");
    }

    static Function function(ByteReader in) {
        int form = in.u8();
        if (form == 0x4e || form == 0x50 || form == 0x4f || form == 0x5e || form == 0x5f) {
            throw in.malformed("Recursive, array and struct types (garbage collection) are not supported");
        }
        if (form != 0x60) {
            throw in.malformed("0x" + Integer.toHexString(form) + " is no core type");
        }
        return new Function(valueTypes(in), valueTypes(in));
    }

    private static List<Integer> valueTypes(ByteReader in) {
        int count = in.count();
        if (count > 1_000) {
            throw in.malformed("A core function with more than 1000 parameters or results is not supported");
        }
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(valueType(in));
        }
        return types;
    }

    static CoreType.Memory memory(ByteReader in) {
        int flags = in.u8();
        if ((flags & ~0x07) != 0) {
            throw in.malformed(
                    "Memory flags 0x" + Integer.toHexString(flags) + " (custom page sizes) are not supported");
        }
        boolean wide = (flags & 4) != 0;
        long minimum = bound(in, wide);
        long maximum = (flags & 1) != 0 ? bound(in, wide) : -1;
        long ceiling = wide ? MAX_PAGES_64 : MAX_PAGES;
        if (minimum > ceiling || maximum > ceiling) {
            throw in.malformed("A memory is larger than its address space");
        }
        if (maximum >= 0 && minimum > maximum) {
            throw in.malformed("A memory's minimum is greater than its maximum");
        }
        boolean shared = (flags & 2) != 0;
        if (shared && maximum < 0) {
            throw in.malformed("A shared memory has no maximum");
        }
        return new CoreType.Memory(minimum, maximum, shared, wide);
    }

    static CoreType.Table table(ByteReader in) {
        int element = valueType(in);
        if (element != 0x70 && element != 0x6f) {
            throw in.malformed("A table holds something other than references");
        }
        int flags = in.u8();
        if ((flags & ~0x05) != 0) {
            throw in.malformed("Table flags 0x" + Integer.toHexString(flags) + " are not supported");
        }
        boolean wide = (flags & 4) != 0;
        long minimum = bound(in, wide);
        long maximum = (flags & 1) != 0 ? bound(in, wide) : -1;
        if (maximum >= 0 && minimum > maximum) {
            throw in.malformed("A table's minimum is greater than its maximum");
        }
        return new CoreType.Table(element, minimum, maximum, wide);
    }

    private static long bound(ByteReader in, boolean wide) {
        long value = wide ? in.u64() : Integer.toUnsignedLong(in.u32());
        if (value < 0) {
            throw in.malformed("A bound does not fit 63 bits");
        }
        return value;
    }

    static CoreType.Global global(ByteReader in) {
        int value = valueType(in);
        int mutability = in.u8();
        if (mutability > 1) {
            throw in.malformed("A global is neither constant nor mutable");
        }
        return new CoreType.Global(value, mutability == 1);
    }

    /** An extern type inside an import or a module type; functions are resolved among the given types. */
    static CoreType extern(ByteReader in, List<Function> types) {
        int kind = in.u8();
        return switch (kind) {
            case 0 -> function(in, types);
            case 1 -> table(in);
            case 2 -> memory(in);
            case 3 -> global(in);
            case 4 -> {
                in.expect(0, "a tag's attribute");
                yield new CoreType.Tag(function(in, types));
            }
            default -> throw in.malformed("0x" + Integer.toHexString(kind) + " is no kind of core extern");
        };
    }

    static Function function(ByteReader in, List<Function> types) {
        int index = in.index();
        if (index >= types.size()) {
            throw in.malformed("The core type index " + index + " is out of bounds");
        }
        return types.get(index);
    }
}
