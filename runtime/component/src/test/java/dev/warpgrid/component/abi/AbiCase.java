package dev.warpgrid.component.abi;

import dev.warpgrid.component.HostResource;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.component.binary.CanonOptions.StringEncoding;
import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.TypeTable;
import dev.warpgrid.component.types.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One function type with values, called in both directions between the host and a guest that {@link SpecModel} plays. */
public final class AbiCase {
    private static final int MEMORY_BYTES = 1 << 17;

    /** A resource of the host: told apart by identity. */
    static final class Thing {}

    private final Random random;
    private final SpecModel model;
    private final SpecType.Fields parameters;
    private final @Nullable SpecType result;
    private final FunctionLayout layout;
    private final GuestStore store;
    private final GuestResourceType ownResource = new GuestResourceType("own", 0, null);
    private final GuestResourceType otherResource = new GuestResourceType("other", 1, null);
    private final HostResourceType hostResource =
            new HostResourceType(new HostResource<>("thing", Thing.class, (state, thing) -> {}));
    private final AbiOptions options;
    private final SpecGenerator generator;
    private boolean refused;
    private @Nullable Object seen;
    private final Map<Integer, Handle> borrows = new HashMap<>();
    private long coreResult;

    public AbiCase(Random random) {
        this.random = random;
        StringEncoding[] encodings = StringEncoding.values();
        StringEncoding encoding = encodings[random.nextInt(encodings.length)];
        this.model = new SpecModel(MEMORY_BYTES, encoding, random);
        this.generator = new SpecGenerator(random, List.of(ownResource, otherResource, hostResource));
        int count = random.nextInt(8) == 0 ? 20 : random.nextInt(5);
        this.parameters = new SpecType.Fields(generator.types(count, 4, true), false);
        this.result = random.nextInt(6) == 0 ? null : generator.type(3, false);
        TypeTable table = new TypeTable();
        List<ValueType> types =
                parameters.types().stream().map(each -> each.host(table)).toList();
        List<String> labels = java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "p" + i)
                .toList();
        this.layout = new CodecTable(table)
                .layout(new FunctionType(false, labels, types, result == null ? null : result.host(table)));
        this.store = new GuestStore("state", InstanceLimits.defaults(), List.of(-1, -1), 1, 3);
        FakeGuest guest = new FakeGuest(
                model.memory,
                Map.of(
                        "f",
                        this::guestFunction,
                        "realloc",
                        values -> model.allocate((int) values[2], (int) values[3]) & 0xffff_ffffL));
        store.bind(guest);
        store.instance(0, guest);
        this.options = new AbiOptions(encoding, new CoreRef(0, 0, "m", null), new CoreRef(1, 0, "realloc", null), null);
    }

    boolean refused() {
        return refused;
    }

    /** Lowers arguments, calls, lifts the result; answers what differs. */
    @Nullable
    public String callsTheGuest() {
        requireSignatures();
        List<Object> hostArguments = new ArrayList<>();
        List<?> values = (List<?>) generator.value(parameters, this::fromHost);
        for (int i = 0; i < values.size(); i++) {
            hostArguments.add(host(values.get(i), parameters.types().get(i)));
        }
        // The guest's answer does not depend on what it is given, so it is made before.
        Object answer = result == null ? null : generator.value(result, this::fromGuest);
        Object expected = null;
        if (answer != null && result != null) {
            expected = host(new Resolving().plain(answer, result), result);
            coreResult = lowered(answer, result);
        }
        LiftedFunction function = new LiftedFunction(layout, 0, new CoreRef(2, 0, "f", null), options);
        Object lifted = function.call(store, null, hostArguments.toArray());
        if (!values.equals(seen)) {
            return "the guest should see " + values + " and sees " + seen;
        }
        return difference(expected, lifted);
    }

    private long lowered(Object answer, SpecType type) {
        if (SpecModel.flatten(type).length() > 1) {
            int pointer = model.allocate(SpecModel.alignment(type), (int) SpecModel.size(type));
            model.store(answer, type, pointer);
            return pointer;
        }
        Deque<Long> flat = new ArrayDeque<>();
        model.lower(answer, type, flat);
        return flat.remove();
    }

    /** Looks at its arguments through the model, drops what it borrowed, and returns what was prepared. */
    private long guestFunction(long... flat) {
        Deque<Long> slots = new ArrayDeque<>();
        for (long each : flat) {
            slots.add(each);
        }
        Object raw = SpecModel.flatten(parameters).length() > 16
                ? model.loadRaw(flat[0], parameters)
                : model.liftRaw(slots, parameters);
        seen = new Resolving().plain(raw, parameters);
        borrows.forEach((index, handle) ->
                Trampolines.resourceDrop(0, handle.type).body().call(store, new long[] {index}));
        return coreResult;
    }

    /** Turns raw handle indexes into the objects or numbers that the generator gave. */
    private final class Resolving {
        Object plain(Object value, SpecType type) {
            return switch (type) {
                case SpecType.Resource resource -> object((int) value, resource);
                case SpecType.Sequence sequence ->
                    ((List<?>) value)
                            .stream()
                                    .map(each -> plain(each, sequence.element()))
                                    .toList();
                case SpecType.MapOf map -> plain(value, map.pairs());
                case SpecType.Fields fields -> {
                    List<Object> plain = new ArrayList<>();
                    for (int i = 0; i < fields.types().size(); i++) {
                        plain.add(plain(((List<?>) value).get(i), fields.types().get(i)));
                    }
                    yield plain;
                }
                case SpecType.Cases cases -> {
                    SpecModel.Case chosen = (SpecModel.Case) value;
                    SpecType payload = cases.payloads().get(chosen.index());
                    Object carried = chosen.value();
                    yield payload == null || carried == null
                            ? chosen
                            : new SpecModel.Case(chosen.index(), plain(carried, payload));
                }
                default -> value;
            };
        }

        private Object object(int index, SpecType.Resource type) {
            if (!type.own() && type.type().equals(ownResource)) {
                return index;
            }
            Handle handle = store.component(0).handles.get(index);
            if (!handle.type.equals(type.type()) || (type.own() && !handle.own)) {
                return "another handle";
            }
            if (handle.scope != null) {
                borrows.put(index, handle);
            }
            return handle.object != null ? handle.object : (Object) handle.number;
        }
    }

    /** A resource as the host gives it: its own object, or the number of a guest's resource. */
    private Object fromHost(SpecType.Resource type) {
        return type.type().equals(hostResource) ? new Thing() : (Object) random.nextInt();
    }

    /** A resource as the guest gives it: an index of its table, where an entry is made for it. */
    private Object fromGuest(SpecType.Resource type) {
        boolean own = type.own() || random.nextBoolean();
        Thing thing = type.type().equals(hostResource) ? new Thing() : null;
        int number = thing == null ? random.nextInt() : 0;
        int index = store.component(0).handles.add(new Handle(type.type(), number, thing, own, null));
        model.table.put(
                index,
                new SpecModel.Entry(new SpecType.Resource(type.type(), own), thing == null ? (Object) number : thing));
        return index;
    }

    /** Calls a host function with arguments in the guest's memory, damaged or not; answers what differs. */
    @Nullable
    public String callsTheHost(boolean damaged) {
        Object value = generator.value(parameters, this::fromGuest);
        long[] flat = lowerArguments(value);
        int returned = -1;
        if (result != null && SpecModel.flatten(result).length() > 1) {
            returned = model.allocate(SpecModel.alignment(result), (int) SpecModel.size(result));
            flat = Arrays.copyOf(flat, flat.length + 1);
            flat[flat.length - 1] = returned;
        }
        if (damaged) {
            damage(flat, returned >= 0 ? flat.length - 1 : flat.length);
        }
        Object wanted = null;
        try {
            wanted = liftArguments(flat);
        } catch (SpecModel.ModelTrap trap) {
            refused = true;
        }
        Object answer = result == null ? null : generator.value(result, this::fromHost);
        List<@Nullable Object> captured = new ArrayList<>();
        HostCallee callee = new HostCallee(
                (state, arguments) -> {
                    // A borrow is good for the time of the call only.
                    captured.add(comparable(arguments));
                    return answer == null || result == null ? null : host(answer, result);
                },
                "f");
        CoreHostFunction lowered = Trampolines.lower(layout, 0, callee, options);
        long value0;
        try {
            value0 = lowered.body().call(store, flat);
        } catch (TrapException trap) {
            return refused ? null : "trapped and should not: " + trap.getMessage();
        }
        if (refused) {
            return "did not trap";
        }
        String arguments = difference(comparable(host(Objects.requireNonNull(wanted), parameters)), captured.get(0));
        if (arguments != null || answer == null || result == null) {
            return arguments;
        }
        Deque<Long> slot = new ArrayDeque<>(List.of(value0));
        Object back = returned >= 0 ? model.loadRaw(returned, result) : model.liftRaw(slot, result);
        Object plain = new Resolving().plain(back, result);
        return answer.equals(plain) ? null : "the guest should get " + answer + " and gets " + plain;
    }

    private long[] lowerArguments(Object value) {
        if (SpecModel.flatten(parameters).length() > 16) {
            int pointer = model.allocate(SpecModel.alignment(parameters), (int) SpecModel.size(parameters));
            model.store(value, parameters, pointer);
            return new long[] {pointer};
        }
        Deque<Long> flat = new ArrayDeque<>();
        model.lower(value, parameters, flat);
        return flat.stream().mapToLong(Long::longValue).toArray();
    }

    private Object liftArguments(long[] flat) {
        if (SpecModel.flatten(parameters).length() > 16) {
            return model.loadWhole(flat[0] & 0xffff_ffffL, parameters);
        }
        Deque<Long> slots = new ArrayDeque<>();
        for (long each : flat) {
            slots.add(each);
        }
        return model.lift(slots, parameters);
    }

    /** Changes some bits of the core values and of the memory in use. */
    private void damage(long[] flat, int count) {
        String shape = SpecModel.flatten(parameters);
        for (int i = random.nextInt(4); i > 0; i--) {
            if (count > 0 && random.nextInt(3) == 0) {
                int slot = random.nextInt(count);
                boolean wide = shape.length() <= 16 && "ld".indexOf(shape.charAt(slot)) >= 0;
                // A small number may well be a handle, a length or a case.
                flat[slot] =
                        random.nextBoolean() ? random.nextInt(4) : flat[slot] ^ (1L << random.nextInt(wide ? 64 : 32));
            } else {
                model.memory[64 + random.nextInt(Math.max(1, model.used() - 64))] ^= (byte) (1 << random.nextInt(8));
            }
        }
    }

    private void requireSignatures() {
        String in = SpecModel.flatten(parameters);
        String out = result == null ? "" : SpecModel.flatten(result);
        String lifted = (in.length() > 16 ? "i" : in) + ">" + (out.length() > 1 ? "i" : out);
        String lowered = (in.length() > 16 ? "i" : in) + (out.length() > 1 ? "i>" : ">" + out);
        if (!lifted.equals(letters(layout.lifted().parameters()) + ">"
                        + letters(layout.lifted().results()))
                || !lowered.equals(letters(layout.lowered().parameters()) + ">"
                        + letters(layout.lowered().results()))) {
            throw new AssertionError("The signature should be " + lifted + " and " + lowered + ": " + this);
        }
    }

    private static String letters(List<CoreValueType> types) {
        StringBuilder letters = new StringBuilder();
        types.forEach(type -> letters.append(
                switch (type) {
                    case I32 -> 'i';
                    case I64 -> 'l';
                    case F32 -> 'f';
                    case F64 -> 'd';
                }));
        return letters.toString();
    }

    /** A value of the model as the host's API has it. */
    private Object host(Object value, SpecType type) {
        return switch (type) {
            case SpecType.Scalar(String name, int bytes) ->
                value instanceof Long number && bytes < 8 ? (Object) (int) (long) number : value;
            case SpecType.Text _ -> value;
            case SpecType.Sequence(SpecType element, int length) -> {
                List<Object> list = ((List<?>) value)
                        .stream().map(each -> host(each, element)).toList();
                yield length < 0 && element.equals(new SpecType.Scalar("U8", 1)) ? bytes(list) : list;
            }
            case SpecType.MapOf map ->
                ((List<?>) value)
                        .stream().map(pair -> host(pair, map.pairs().element())).toList();
            case SpecType.Fields fields -> {
                Object[] array = new Object[fields.types().size()];
                for (int i = 0; i < array.length; i++) {
                    array[i] = host(((List<?>) value).get(i), fields.types().get(i));
                }
                yield array;
            }
            case SpecType.Cases cases -> {
                SpecModel.Case chosen = (SpecModel.Case) value;
                SpecType payload = cases.payloads().get(chosen.index());
                Object carried = chosen.value();
                yield payload == null || carried == null
                        ? Variant.of(chosen.index())
                        : Variant.of(chosen.index(), host(carried, payload));
            }
            case SpecType.Bits _ -> bits((List<?>) value);
            case SpecType.Resource(ResourceType resource, boolean own) ->
                switch (value) {
                    case SpecModel.Handed handed -> host(handed.expected(), type);
                    case Integer number -> new GuestHandle(store, resource, number, own);
                    default -> value;
                };
        };
    }

    private static byte[] bytes(List<Object> list) {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) list.get(i);
        }
        return bytes;
    }

    private static int bits(List<?> flags) {
        int bits = 0;
        for (int i = 0; i < flags.size(); i++) {
            bits |= (boolean) flags.get(i) ? 1 << i : 0;
        }
        return bits;
    }

    /** What differs between two values of the host's API; null when nothing does. */
    private static @Nullable String difference(@Nullable Object wanted, @Nullable Object actual) {
        Object one = comparable(wanted);
        Object other = comparable(actual);
        return Objects.equals(one, other) ? null : "the host should get " + one + " and gets " + other;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Object[] array -> Arrays.stream(array).map(AbiCase::comparable).toList();
            case List<?> list -> list.stream().map(AbiCase::comparable).toList();
            case byte[] bytes -> "bytes " + Arrays.toString(bytes);
            case Variant variant -> {
                Object carried = comparable(variant.value());
                yield carried == null ? "case " + variant.index() : List.of("case " + variant.index(), carried);
            }
            case GuestHandle handle -> handle.owned() ? "own " + handle.give() : "borrow " + handle.lend();
            default -> value;
        };
    }

    @Override
    public String toString() {
        return model.encoding + " " + parameters + " -> " + result;
    }
}
