package dev.warpgrid.component.binary;

import dev.warpgrid.component.binary.CanonOptions.StringEncoding;

/** Reads canonical definitions (Binary.md, "Canonical Definitions"); all of them, the async and thread ones by name. */
final class CanonReader {
    private static final StringEncoding[] ENCODINGS = StringEncoding.values();

    private CanonReader() {}

    static Definition canon(ByteReader in) {
        int at = in.position();
        int code = in.u8();
        return switch (code) {
            case 0x00 -> {
                in.expect(0, "the sort of a lifted function");
                int function = in.index();
                CanonOptions options = options(in);
                yield new Definition.Lift(function, options, in.index(), at);
            }
            case 0x01 -> {
                in.expect(0, "the sort of a lowered function");
                yield new Definition.Lower(in.index(), options(in), at);
            }
            case 0x02 -> new Definition.ResourceNew(in.index(), at);
            case 0x03 -> new Definition.ResourceDrop(in.index(), at);
            case 0x04 -> new Definition.ResourceRep(in.index(), at);
            default ->
                code >= 0x0e && code <= 0x1b
                        ? copying(in, code, at)
                        : new Definition.UnsupportedCanon(unsupported(in, code), -1, at);
        };
    }

    private static String unsupported(ByteReader in, int code) {
        return code >= 0x1c && code <= 0x1e ? errorContextBuiltin(in, code) : taskBuiltin(in, code);
    }

    /** The functions of streams and futures, which name their type. */
    private static Definition copying(ByteReader in, int code, int at) {
        boolean stream = code < 0x15;
        int type = in.index();
        int operation = stream ? code - 0x0e : code - 0x15;
        String name = switch (operation) {
            case 0 -> "new";
            case 1 -> optioned(in, "read");
            case 2 -> optioned(in, "write");
            case 3 -> flagged(in, "cancel-read");
            case 4 -> flagged(in, "cancel-write");
            case 5 -> "drop-readable";
            default -> "drop-writable";
        };
        return new Definition.UnsupportedCanon((stream ? "stream." : "future.") + name, type, at);
    }

    private static String optioned(ByteReader in, String name) {
        options(in);
        return name;
    }

    private static String errorContextBuiltin(ByteReader in, int code) {
        return switch (code) {
            case 0x1c -> optioned(in, "error-context.new");
            case 0x1d -> optioned(in, "error-context.debug-message");
            default -> "error-context.drop";
        };
    }

    private static String taskBuiltin(ByteReader in, int code) {
        return switch (code) {
            case 0x05 -> "task.cancel";
            case 0x06 -> flagged(in, "subtask.cancel");
            case 0x07 -> indexed(in, "resource.drop async");
            case 0x08 -> "backpressure.set";
            case 0x09 -> {
                TypeReader.result(in);
                options(in);
                yield "task.return";
            }
            case 0x0a -> context(in, "context.get");
            case 0x0b -> context(in, "context.set");
            case 0x0c -> flagged(in, "thread.yield");
            case 0x0d -> "subtask.drop";
            case 0x1f -> "waitable-set.new";
            case 0x20 -> indexed(in, flagged(in, "waitable-set.wait"));
            case 0x21 -> indexed(in, flagged(in, "waitable-set.poll"));
            case 0x22 -> "waitable-set.drop";
            case 0x23 -> "waitable.join";
            case 0x24 -> "backpressure.inc";
            case 0x25 -> "backpressure.dec";
            default -> threadBuiltin(in, code);
        };
    }

    private static String threadBuiltin(ByteReader in, int code) {
        return switch (code) {
            case 0x26 -> "thread.index";
            case 0x27 -> indexed(in, indexed(in, "thread.new-indirect"));
            case 0x28 -> "thread.resume-later";
            case 0x29 -> flagged(in, "thread.suspend");
            case 0x2a -> flagged(in, "thread.suspend-then-resume");
            case 0x2b -> flagged(in, "thread.yield-then-resume");
            case 0x2c -> flagged(in, "thread.suspend-then-promote");
            case 0x2d -> flagged(in, "thread.yield-then-promote");
            case 0x40 -> indexed(in, flagged(in, "thread.spawn-ref"));
            case 0x41 -> indexed(in, indexed(in, flagged(in, "thread.spawn-indirect")));
            case 0x42 -> flagged(in, "thread.available-parallelism");
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no canonical function");
        };
    }

    private static String flagged(ByteReader in, String name) {
        TypeReader.optional(in);
        return name;
    }

    private static String indexed(ByteReader in, String name) {
        in.index();
        return name;
    }

    private static String context(ByteReader in, String name) {
        int code = in.u8();
        if (code != 0x7f && code != 0x7e) {
            throw in.malformed("The storage of " + name + " is neither i32 nor i64");
        }
        in.index();
        return name;
    }

    private static CanonOptions options(ByteReader in) {
        int count = in.count();
        int seen = 0;
        StringEncoding encoding = StringEncoding.UTF8;
        int memory = -1;
        int realloc = -1;
        int postReturn = -1;
        int callback = -1;
        for (int i = 0; i < count; i++) {
            int code = in.u8();
            int kind = code <= 2 ? 0 : code;
            if (code == 8 || code == 9) {
                throw in.malformed("Canonical functions on core types of garbage collection are not supported");
            }
            if (code > 7) {
                throw in.malformed("0x" + Integer.toHexString(code) + " is no option of a canonical function");
            }
            if ((seen & 1 << kind) != 0) {
                throw in.malformed("A canonical function has an option twice");
            }
            seen |= 1 << kind;
            switch (code) {
                case 3 -> memory = in.index();
                case 4 -> realloc = in.index();
                case 5 -> postReturn = in.index();
                case 6 -> {}
                case 7 -> callback = in.index();
                default -> encoding = ENCODINGS[code];
            }
        }
        return new CanonOptions(encoding, memory, realloc, postReturn, (seen & 1 << 6) != 0, callback);
    }
}
