package dev.warpgrid.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.HostResource;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.binary.CanonOptions.StringEncoding;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.TypeTable;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of values on their way when a call does not succeed, and of what calls inside each other lift. */
class HandoverTest {
    private static final AbiOptions OPTIONS =
            new AbiOptions(StringEncoding.UTF8, new CoreRef(0, 0, "m", null), new CoreRef(1, 0, "realloc", null), null);

    private final List<Object> dropped = new ArrayList<>();
    private final HostResourceType thing =
            new HostResourceType(new HostResource<>("thing", Object.class, (state, each) -> dropped.add(each)));
    private final TypeTable types = new TypeTable();
    private final byte[] memory = new byte[1 << 16];
    private GuestStore store = store(InstanceLimits.defaults(), arguments -> 0);

    private GuestStore store(InstanceLimits limits, CoreFunction function) {
        GuestStore made = new GuestStore("state", limits, List.of(-1, -1), 1, 3);
        FakeGuest guest = new FakeGuest(memory, Map.of("f", function, "realloc", arguments -> 1024));
        made.bind(guest);
        made.instance(0, guest);
        return made;
    }

    private FunctionLayout layout(@Nullable ValueType result, ValueType... parameters) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            labels.add("p" + i);
        }
        return new CodecTable(types).layout(new FunctionType(false, labels, List.of(parameters), result));
    }

    private int handleOf(Object object) {
        return store.component(0).handles.add(new Handle(thing, 0, object, true, null));
    }

    @Test
    void dropsAResourceThatWasOnItsWayWhenTheCallTrapped() {
        FunctionLayout layout = layout(null, types.handle(Kind.OWN, thing), types.scalar(Kind.CHAR));
        HostCallee never = new HostCallee(
                (state, arguments) -> {
                    throw new IllegalStateException("not to be called");
                },
                "f");
        int index = handleOf("the resource");

        assertThatThrownBy(() ->
                        Trampolines.lower(layout, 0, never, OPTIONS).body().call(store, new long[] {index, 0xd800}))
                .isInstanceOf(TrapException.class)
                .hasMessageContaining("char");
        assertThat(dropped).isEmpty();
        store.close();
        assertThat(dropped).containsExactly("the resource");
    }

    @Test
    void leavesAResourceToTheHostFunctionThatWasGivenIt() {
        FunctionLayout layout = layout(null, types.handle(Kind.OWN, thing));
        HostCallee fails = new HostCallee(
                (state, arguments) -> {
                    throw new IllegalStateException("after taking " + arguments[0]);
                },
                "f");
        int index = handleOf("the resource");

        assertThatThrownBy(() ->
                        Trampolines.lower(layout, 0, fails, OPTIONS).body().call(store, new long[] {index}))
                .hasMessageContaining("after taking the resource");
        store.close();
        assertThat(dropped).isEmpty();
    }

    @Test
    void passesResourcesFromComponentToComponentInAnyOrder() {
        ValueType own = types.handle(Kind.OWN, thing);
        FunctionLayout layout = layout(null, own, own);
        LiftedFunction callee = new LiftedFunction(layout, 1, new CoreRef(2, 0, "f", null), OPTIONS);
        int one = handleOf("one");
        int other = handleOf("other");

        Trampolines.lower(layout, 0, callee, OPTIONS).body().call(store, new long[] {other, one});
        store.close();

        assertThat(dropped).containsExactly("other", "one");
    }

    @Test
    void countsWhatCallsInsideEachOtherLift() {
        ValueType bytes = types.composite(Kind.LIST, types.scalar(Kind.U8));
        InstanceLimits limits = new InstanceLimits(1 << 20, 100, 100, 64, 25_000);
        FunctionLayout layout = layout(null, bytes);
        CoreFunction[] inner = {arguments -> 0};
        store = store(limits, arguments -> inner[0].call(arguments));
        LiftedFunction callee = new LiftedFunction(layout, 1, new CoreRef(2, 0, "f", null), OPTIONS);
        long[] tenThousandBytes = {0, 10_000};
        var call = Trampolines.lower(layout, 0, callee, OPTIONS).body();

        for (int i = 0; i < 10; i++) {
            call.call(store, tenThousandBytes);
        }
        HostCallee host = new HostCallee((state, arguments) -> null, "g");
        inner[0] = arguments -> {
            Trampolines.lower(layout, 1, host, OPTIONS).body().call(store, tenThousandBytes);
            return 0;
        };
        call.call(store, tenThousandBytes);
        inner[0] = arguments -> {
            Trampolines.lower(layout, 1, host, OPTIONS).body().call(store, new long[] {0, 20_000});
            return 0;
        };
        assertThatThrownBy(() -> call.call(store, tenThousandBytes))
                .isInstanceOfSatisfying(
                        TrapException.class, e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.LIMIT));
    }
}
