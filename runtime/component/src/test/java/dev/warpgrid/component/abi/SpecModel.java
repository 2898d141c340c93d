package dev.warpgrid.component.abi;

import dev.warpgrid.component.binary.CanonOptions.StringEncoding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Loading, storing, lifting and lowering as CanonicalABI.md of August 2026 describes them, one rule after the other,
 * slow and without a shortcut: what the host's compiled plans are compared with. It plays the guest: its memory, its
 * allocator, its view of its handle table. Values: Boolean, Long (integers, sign or zero extended), Float, Double,
 * Integer (char and handle index), String, List (records too), {@link Case}, and List of Boolean for flags.
 */
final class SpecModel {
    /** What the specification writes as {@code trap_if}. */
    static final class ModelTrap extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    record Case(int index, @Nullable Object value) {}

    /** An entry of the handle table as the specification keeps it. */
    static final class Entry {
        final SpecType.Resource type;
        final Object expected;
        int lends;

        Entry(SpecType.Resource type, Object expected) {
            this.type = type;
            this.expected = expected;
        }
    }

    private static final int MAX_BYTES = (1 << 28) - 1;
    private static final long UTF16_TAG = 1L << 31;

    final byte[] memory;
    final StringEncoding encoding;
    final Map<Integer, Entry> table = new HashMap<>();
    private final Random random;
    private int free = 64;
    private boolean raw;

    SpecModel(int bytes, StringEncoding encoding, Random random) {
        this.memory = new byte[bytes];
        this.encoding = encoding;
        this.random = random;
    }

    private static void trapIf(boolean condition) {
        if (condition) {
            throw new ModelTrap();
        }
    }

    /** The guest's realloc; leaves gaps of chance, so that nothing lies where it is expected to. */
    int allocate(int alignment, int bytes) {
        int begin = (int) alignTo(free + random.nextInt(9), alignment);
        free = begin + bytes;
        if (free > memory.length) {
            throw new IllegalStateException("The model's memory is too small for the values generated.");
        }
        return begin;
    }

    static long alignTo(long pointer, int alignment) {
        return (pointer + alignment - 1) / alignment * alignment;
    }

    static int alignment(SpecType type) {
        return switch (type) {
            case SpecType.Scalar scalar -> scalar.bytes();
            case SpecType.Text _ -> 4;
            case SpecType.Sequence(SpecType element, int length) -> length >= 0 ? alignment(element) : 4;
            case SpecType.MapOf _ -> 4;
            case SpecType.Fields fields -> {
                int widest = 1;
                for (SpecType each : fields.types()) {
                    widest = Math.max(widest, alignment(each));
                }
                yield widest;
            }
            case SpecType.Cases cases -> Math.max(discriminantBytes(cases), payloadAlignment(cases));
            case SpecType.Bits(int count) -> count <= 8 ? 1 : count <= 16 ? 2 : 4;
            case SpecType.Resource _ -> 4;
        };
    }

    private static int discriminantBytes(SpecType.Cases cases) {
        int bits = (int) Math.ceil(Math.log(cases.payloads().size()) / Math.log(2) / 8);
        return bits <= 1 ? 1 : bits == 2 ? 2 : 4;
    }

    private static int payloadAlignment(SpecType.Cases cases) {
        int widest = 1;
        for (SpecType each : cases.payloads()) {
            widest = each == null ? widest : Math.max(widest, alignment(each));
        }
        return widest;
    }

    static long size(SpecType type) {
        return switch (type) {
            case SpecType.Scalar scalar -> scalar.bytes();
            case SpecType.Text _ -> 8;
            case SpecType.Sequence(SpecType element, int length) -> length >= 0 ? length * size(element) : 8;
            case SpecType.MapOf _ -> 8;
            case SpecType.Fields fields -> {
                long sum = 0;
                for (SpecType each : fields.types()) {
                    sum = alignTo(sum, alignment(each)) + size(each);
                }
                yield alignTo(sum, alignment(fields));
            }
            case SpecType.Cases cases -> {
                long begin = alignTo(discriminantBytes(cases), payloadAlignment(cases));
                long payload = 0;
                for (SpecType each : cases.payloads()) {
                    payload = each == null ? payload : Math.max(payload, size(each));
                }
                yield alignTo(begin + payload, alignment(cases));
            }
            case SpecType.Bits(int count) -> count <= 8 ? 1 : count <= 16 ? 2 : 4;
            case SpecType.Resource _ -> 4;
        };
    }

    private long read(long pointer, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << 8) | (memory[(int) pointer + i] & 0xff);
        }
        return value;
    }

    private void write(long pointer, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            memory[(int) pointer + i] = (byte) (value >>> (8 * i));
        }
    }

    private static Object scalar(String name, long bits) {
        return switch (name) {
            case "BOOL" -> bits != 0;
            case "S8" -> (long) (byte) bits;
            case "U8" -> bits & 0xff;
            case "S16" -> (long) (short) bits;
            case "U16" -> bits & 0xffff;
            case "S32" -> (long) (int) bits;
            case "U32" -> bits & 0xffff_ffffL;
            case "S64", "U64" -> bits;
            case "F32" -> Float.intBitsToFloat((int) bits);
            case "F64" -> Double.longBitsToDouble(bits);
            case "CHAR" -> {
                long point = bits & 0xffff_ffffL;
                trapIf(point >= 0x110000);
                trapIf(point >= 0xd800 && point <= 0xdfff);
                yield (int) point;
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static long bits(String name, Object value) {
        return switch (name) {
            case "BOOL" -> (boolean) value ? 1 : 0;
            case "F32" -> Float.floatToIntBits((float) value);
            case "F64" -> Double.doubleToLongBits((double) value);
            case "CHAR" -> (int) value;
            default -> (long) value;
        };
    }

    Object load(long pointer, SpecType type) {
        return switch (type) {
            case SpecType.Scalar(String name, int bytes) -> scalar(name, read(pointer, bytes));
            case SpecType.Text _ -> SpecStrings.load(this, read(pointer, 4), read(pointer + 4, 4));
            case SpecType.Sequence(SpecType element, int length) ->
                length >= 0
                        ? elements(pointer, length, element)
                        : list(read(pointer, 4), read(pointer + 4, 4), element);
            case SpecType.MapOf map -> load(pointer, map.pairs());
            case SpecType.Fields fields -> {
                List<Object> values = new ArrayList<>();
                long at = pointer;
                for (SpecType each : fields.types()) {
                    at = alignTo(at, alignment(each));
                    values.add(load(at, each));
                    at += size(each);
                }
                yield values;
            }
            case SpecType.Cases cases -> {
                long index = read(pointer, discriminantBytes(cases));
                trapIf(index >= cases.payloads().size());
                SpecType payload = cases.payloads().get((int) index);
                long at = alignTo(pointer + discriminantBytes(cases), payloadAlignment(cases));
                yield new Case((int) index, payload == null ? null : load(at, payload));
            }
            case SpecType.Bits bits -> flags(read(pointer, (int) size(bits)), bits.count());
            case SpecType.Resource resource -> handle((int) read(pointer, 4), resource);
        };
    }

    private static List<Object> flags(long bits, int count) {
        List<Object> flags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            flags.add(((bits >>> i) & 1) == 1);
        }
        return flags;
    }

    private Object list(long begin, long length, SpecType element) {
        trapIf(length * size(element) > MAX_BYTES);
        trapIf(begin % alignment(element) != 0);
        trapIf(begin + length * size(element) > memory.length);
        return elements(begin, (int) length, element);
    }

    private List<Object> elements(long begin, int length, SpecType element) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(load(begin + i * size(element), element));
        }
        return values;
    }

    /** The object that a handle stands for; an owned one leaves the table. */
    private Object handle(int index, SpecType.Resource type) {
        if (raw) {
            return index;
        }
        Entry entry = table.get(index);
        if (entry == null || !entry.type.type().equals(type.type())) {
            throw new ModelTrap();
        }
        if (type.own()) {
            trapIf(entry.lends != 0);
            trapIf(!entry.type.own());
            table.remove(index);
        } else {
            entry.lends++;
        }
        return new Handed(index, entry.expected);
    }

    /** A handle that was lifted, with what it stands for. */
    record Handed(int index, Object expected) {}

    void store(Object value, SpecType type, long pointer) {
        switch (type) {
            case SpecType.Scalar(String name, int bytes) -> write(pointer, bytes, bits(name, value));
            case SpecType.Text _ -> writePair(pointer, SpecStrings.store(this, (String) value, random));
            case SpecType.Sequence(SpecType element, int length) -> {
                if (length >= 0) {
                    storeElements((List<?>) value, element, pointer);
                } else {
                    writePair(pointer, storeList((List<?>) value, element));
                }
            }
            case SpecType.MapOf map -> store(value, map.pairs(), pointer);
            case SpecType.Fields fields -> {
                long at = pointer;
                for (int i = 0; i < fields.types().size(); i++) {
                    SpecType each = fields.types().get(i);
                    at = alignTo(at, alignment(each));
                    store(((List<?>) value).get(i), each, at);
                    at += size(each);
                }
            }
            case SpecType.Cases cases -> {
                Case chosen = (Case) value;
                write(pointer, discriminantBytes(cases), chosen.index());
                SpecType payload = cases.payloads().get(chosen.index());
                if (payload != null && chosen.value() != null) {
                    store(
                            chosen.value(),
                            payload,
                            alignTo(pointer + discriminantBytes(cases), payloadAlignment(cases)));
                }
            }
            case SpecType.Bits bits -> write(pointer, (int) size(bits), packed((List<?>) value));
            case SpecType.Resource _ -> write(pointer, 4, (int) value);
        }
    }

    private void writePair(long pointer, long[] pair) {
        write(pointer, 4, pair[0]);
        write(pointer + 4, 4, pair[1]);
    }

    private static long packed(List<?> flags) {
        long bits = 0;
        for (int i = 0; i < flags.size(); i++) {
            bits |= (boolean) flags.get(i) ? 1L << i : 0;
        }
        return bits;
    }

    private long[] storeList(List<?> values, SpecType element) {
        int begin = allocate(alignment(element), (int) (values.size() * size(element)));
        storeElements(values, element, begin);
        return new long[] {begin, values.size()};
    }

    private void storeElements(List<?> values, SpecType element, long begin) {
        for (int i = 0; i < values.size(); i++) {
            store(values.get(i), element, begin + i * size(element));
        }
    }

    /** Core types as letters: i, l, f, d. */
    static String flatten(SpecType type) {
        return switch (type) {
            case SpecType.Scalar(String name, int bytes) ->
                name.equals("F32") ? "f" : name.equals("F64") ? "d" : bytes == 8 ? "l" : "i";
            case SpecType.Text _ -> "ii";
            case SpecType.Sequence(SpecType element, int length) ->
                length >= 0 ? String.join("", Collections.nCopies(length, flatten(element))) : "ii";
            case SpecType.MapOf _ -> "ii";
            case SpecType.Fields fields -> {
                StringBuilder all = new StringBuilder();
                fields.types().forEach(each -> all.append(flatten(each)));
                yield all.toString();
            }
            case SpecType.Cases cases -> "i" + joined(cases);
            case SpecType.Bits _ -> "i";
            case SpecType.Resource _ -> "i";
        };
    }

    private static String joined(SpecType.Cases cases) {
        StringBuilder joined = new StringBuilder();
        for (SpecType each : cases.payloads()) {
            String flat = each == null ? "" : flatten(each);
            for (int i = 0; i < flat.length(); i++) {
                if (i < joined.length()) {
                    joined.setCharAt(i, join(joined.charAt(i), flat.charAt(i)));
                } else {
                    joined.append(flat.charAt(i));
                }
            }
        }
        return joined.toString();
    }

    private static char join(char one, char other) {
        if (one == other) {
            return one;
        }
        return (one == 'i' && other == 'f') || (one == 'f' && other == 'i') ? 'i' : 'l';
    }

    /** The flat form; every value as raw bits, so that what joins slots leaves no trace. */
    void lower(Object value, SpecType type, Deque<Long> flat) {
        switch (type) {
            case SpecType.Scalar(String name, int bytes) -> {
                long bits = bits(name, value);
                flat.add(bytes == 8 ? bits : bits & 0xffff_ffffL);
            }
            case SpecType.Text _ -> addAll(flat, SpecStrings.store(this, (String) value, random));
            case SpecType.Sequence(SpecType element, int length) -> {
                if (length >= 0) {
                    ((List<?>) value).forEach(each -> lower(each, element, flat));
                } else {
                    addAll(flat, storeList((List<?>) value, element));
                }
            }
            case SpecType.MapOf map -> lower(value, map.pairs(), flat);
            case SpecType.Fields fields -> {
                for (int i = 0; i < fields.types().size(); i++) {
                    lower(((List<?>) value).get(i), fields.types().get(i), flat);
                }
            }
            case SpecType.Cases cases -> {
                int end = flat.size() + 1 + joined(cases).length();
                Case chosen = (Case) value;
                flat.add((long) chosen.index());
                SpecType payload = cases.payloads().get(chosen.index());
                if (payload != null && chosen.value() != null) {
                    lower(chosen.value(), payload, flat);
                }
                while (flat.size() < end) {
                    flat.add(0L);
                }
            }
            case SpecType.Bits _ -> flat.add(packed((List<?>) value));
            case SpecType.Resource _ -> flat.add((int) value & 0xffff_ffffL);
        }
    }

    private static void addAll(Deque<Long> flat, long[] pair) {
        flat.add(pair[0]);
        flat.add(pair[1]);
    }

    private static long word(Deque<Long> flat) {
        return flat.remove() & 0xffff_ffffL;
    }

    Object lift(Deque<Long> flat, SpecType type) {
        return switch (type) {
            case SpecType.Scalar(String name, int _) -> scalar(name, flat.remove());
            case SpecType.Text _ -> SpecStrings.load(this, word(flat), word(flat));
            case SpecType.Sequence(SpecType element, int length) -> {
                if (length < 0) {
                    yield list(word(flat), word(flat), element);
                }
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < length; i++) {
                    values.add(lift(flat, element));
                }
                yield values;
            }
            case SpecType.MapOf map -> lift(flat, map.pairs());
            case SpecType.Fields fields -> {
                List<Object> values = new ArrayList<>();
                fields.types().forEach(each -> values.add(lift(flat, each)));
                yield values;
            }
            case SpecType.Cases cases -> {
                Deque<Long> slots = new ArrayDeque<>();
                long index = word(flat);
                for (int i = 0; i < joined(cases).length(); i++) {
                    slots.add(flat.remove());
                }
                trapIf(index >= cases.payloads().size());
                SpecType payload = cases.payloads().get((int) index);
                yield new Case((int) index, payload == null ? null : lift(slots, payload));
            }
            case SpecType.Bits(int count) -> flags(flat.remove(), count);
            case SpecType.Resource resource -> handle((int) (long) flat.remove(), resource);
        };
    }

    /** What a pointer that stands for a whole value points at. */
    Object loadWhole(long pointer, SpecType type) {
        trapIf(pointer % alignment(type) != 0);
        trapIf(pointer + size(type) > memory.length);
        return load(pointer, type);
    }

    /** What was lowered, with handles as the indexes they are; the pointer is not checked. */
    Object loadRaw(long pointer, SpecType type) {
        raw = true;
        Object value = load(pointer, type);
        raw = false;
        return value;
    }

    Object liftRaw(Deque<Long> flat, SpecType type) {
        raw = true;
        Object value = lift(flat, type);
        raw = false;
        return value;
    }

    /** The end of what was allocated. */
    int used() {
        return free;
    }

    static long encodedTag() {
        return UTF16_TAG;
    }

    static int maxBytes() {
        return MAX_BYTES;
    }

    static void trap(boolean condition) {
        trapIf(condition);
    }
}
