package dev.warpgrid.component.engine;

import static dev.warpgrid.component.testing.WasmBytes.body;
import static dev.warpgrid.component.testing.WasmBytes.module;
import static dev.warpgrid.component.testing.WasmBytes.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.ComponentException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine behind the SPI does. A subclass gives the engine, which this suite does not close. */
public abstract class CoreEngineContract {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int F32 = 0x7d;
    private static final int F64 = 0x7c;
    private static final int GET = 0x20;

    private final List<Object> contextsSeen = new ArrayList<>();
    private @Nullable CoreStore opened;

    protected abstract CoreEngine engine();

    @BeforeEach
    void openStore() {
        opened = engine().newStore("the context");
    }

    @AfterEach
    void closeStore() {
        store().close();
    }

    private CoreStore store() {
        CoreStore store = opened;
        if (store == null) {
            throw new IllegalStateException("no store");
        }
        return store;
    }

    private CoreInstance instantiate(byte[] wasm, CoreExtern... imports) {
        return store().instantiate(engine().compile(wasm, "contract"), imports);
    }

    /** {@code (func (export "f") (param ...) (result ...) body)} with a memory of one page that may grow to two. */
    private static byte[] oneFunction(byte[] parameters, byte[] results, Object... instructions) {
        return module(
                section(1, 1, 0x60, parameters, results),
                section(3, 1, 0),
                section(5, 1, 1, 1, 2),
                section(7, 2, "f", 0, 0, "memory", 2, 0),
                section(10, 1, body(instructions)));
    }

    private static byte[] types(int... codes) {
        byte[] bytes = new byte[codes.length + 1];
        bytes[0] = (byte) codes.length;
        for (int i = 0; i < codes.length; i++) {
            bytes[i + 1] = (byte) codes[i];
        }
        return bytes;
    }

    @Test
    void passesIntegersAsRawBits() {
        CoreFunction add = instantiate(oneFunction(types(I32, I32), types(I32), GET, 0, GET, 1, 0x6a))
                .function("f");
        CoreFunction same =
                instantiate(oneFunction(types(I64), types(I64), GET, 0)).function("f");

        assertThat(add.call(2, 3)).isEqualTo(5);
        assertThat(add.call(0xffff_ffffL, 0)).isEqualTo(0xffff_ffffL);
        assertThat(add.call(0x1_0000_0001L, 1)).isEqualTo(2);
        assertThat(same.call(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void passesFloatsAsRawBits() {
        CoreFunction single =
                instantiate(oneFunction(types(F32), types(F32), GET, 0)).function("f");
        CoreFunction twice =
                instantiate(oneFunction(types(F64), types(F64), GET, 0)).function("f");

        assertThat(single.call(Float.floatToRawIntBits(-1.5f) & 0xffff_ffffL))
                .isEqualTo(Float.floatToRawIntBits(-1.5f) & 0xffff_ffffL);
        assertThat(twice.call(Double.doubleToRawLongBits(Math.PI))).isEqualTo(Double.doubleToRawLongBits(Math.PI));
    }

    @Test
    void answersZeroForNoResult() {
        assertThat(instantiate(oneFunction(types(), types())).function("f").call())
                .isZero();
    }

    @Test
    void readsAndWritesMemory() {
        CoreMemory memory = instantiate(oneFunction(types(), types())).memory("memory");
        long seed = 7;
        for (int length : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 1000, 65_536}) {
            byte[] written = new byte[length + 3];
            new Random(seed).nextBytes(written);
            long address = 65_536L - length;
            memory.write(address, written, 2, length);
            byte[] read = new byte[length + 5];
            memory.read(address, read, 4, length);

            assertThat(java.util.Arrays.copyOfRange(read, 4, 4 + length))
                    .as(length + " bytes")
                    .isEqualTo(java.util.Arrays.copyOfRange(written, 2, 2 + length));
        }
        memory.writeInt(16, -2);
        memory.writeLong(24, Long.MIN_VALUE + 1);
        assertThat(memory.readInt(16)).isEqualTo(-2);
        assertThat(memory.readInt(24)).isEqualTo(1);
        assertThat(memory.readInt(28)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void refusesAccessesOutsideMemoryAndChangesNothing() {
        CoreMemory memory = instantiate(oneFunction(types(), types())).memory("memory");
        memory.writeInt(65_532, 42);
        byte[] block = new byte[600];
        java.util.Arrays.fill(block, (byte) 1);

        assertTrap(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.write(65_532, block, 0, 5));
        assertTrap(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.write(65_000, block, 0, 600));
        assertTrap(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.read(0xffff_ffffL, block, 0, 1));
        assertTrap(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.readInt(65_533));
        assertThat(memory.readInt(65_532)).isEqualTo(42);
    }

    @Test
    void seesAMemoryGrow() {
        CoreInstance instance = instantiate(oneFunction(types(I32), types(I32), GET, 0, 0x40, 0));
        CoreMemory memory = instance.memory("memory");

        assertThat(memory.byteSize()).isEqualTo(65_536);
        assertThat(instance.function("f").call(1)).isEqualTo(1);
        assertThat(memory.byteSize()).isEqualTo(2 * 65_536);
        memory.write(65_536, new byte[] {1, 2, 3}, 0, 3);
        assertThat(memory.readInt(65_536)).isEqualTo(0x030201);
        assertThat(instance.function("f").call(1)).isEqualTo(0xffff_ffffL);
    }

    private static final byte[] CALLS_IMPORT = module(
            section(1, 1, 0x60, types(I32, I64, F32, F64), types(I64)),
            section(2, 1, "host", "f", 0, 0),
            section(3, 1, 0),
            section(7, 2, "f", 0, 1, "imported", 0, 0),
            section(10, 1, body(GET, 0, GET, 1, GET, 2, GET, 3, 0x10, 0)));

    @Test
    void callsHostFunctionsWithTheContextOfTheStore() {
        CoreSignature signature = new CoreSignature(
                List.of(CoreValueType.I32, CoreValueType.I64, CoreValueType.F32, CoreValueType.F64),
                List.of(CoreValueType.I64));
        CoreHostFunction host = new CoreHostFunction(signature, (context, arguments) -> {
            contextsSeen.add(context);
            return arguments[0]
                    + arguments[1]
                    + (long) Float.intBitsToFloat((int) arguments[2])
                    + (long) Double.longBitsToDouble(arguments[3]);
        });
        CoreFunction f = instantiate(CALLS_IMPORT, host).function("f");

        long answer = f.call(1, 20, Float.floatToRawIntBits(300f), Double.doubleToRawLongBits(4000));

        assertThat(answer).isEqualTo(4321);
        assertThat(contextsSeen).containsExactly("the context");
    }

    @Test
    void callsHostFunctionsOfManyShapes() {
        for (int count = 0; count <= 12; count++) {
            int[] codes = new int[count];
            java.util.Arrays.fill(codes, I32);
            List<CoreValueType> parameters = java.util.Collections.nCopies(count, CoreValueType.I32);
            byte[] forwards = new byte[count * 2];
            long[] given = new long[count];
            for (int i = 0; i < count; i++) {
                forwards[i * 2] = GET;
                forwards[i * 2 + 1] = (byte) i;
                given[i] = 0xffff_fff0L + i;
            }
            byte[] wasm = module(
                    section(1, 1, 0x60, types(codes), types(I32)),
                    section(2, 1, "host", "f", 0, 0),
                    section(3, 1, 0),
                    section(7, 1, "f", 0, 1),
                    section(10, 1, body(forwards, 0x10, 0)));
            CoreHostFunction host = new CoreHostFunction(
                    new CoreSignature(parameters, List.of(CoreValueType.I32)), (context, arguments) -> {
                        assertThat(arguments).isEqualTo(given);
                        return 0xffff_fffeL;
                    });

            assertThat(instantiate(wasm, host).function("f").call(given)).isEqualTo(0xffff_fffeL);
        }
    }

    @Test
    void passesWhatAHostFunctionThrows() {
        TrapException thrown = new TrapException(Kind.ABI, "from the host");
        CoreHostFunction host = new CoreHostFunction(
                new CoreSignature(
                        List.of(CoreValueType.I32, CoreValueType.I64, CoreValueType.F32, CoreValueType.F64),
                        List.of(CoreValueType.I64)),
                (context, arguments) -> {
                    throw thrown;
                });
        CoreFunction f = instantiate(CALLS_IMPORT, host).function("f");

        assertThatThrownBy(() -> f.call(0, 0, 0, 0)).isSameAs(thrown);
    }

    @Test
    void linksOneModuleToAnother() {
        CoreInstance first = instantiate(oneFunction(types(I32), types(I32), GET, 0, GET, 0, 0x6a));
        byte[] second = module(
                section(1, 1, 0x60, types(I32), types(I32)),
                section(2, 2, "a", "f", 0, 0, "a", "m", 2, 0, 1),
                section(3, 1, 0),
                section(7, 2, "g", 0, 1, "again", 2, 0),
                section(10, 1, body(GET, 0, 0x10, 0, 0x10, 0)));
        CoreInstance instance = instantiate(second, first.export("f"), first.export("memory"));

        assertThat(instance.function("g").call(5)).isEqualTo(20);
        first.memory("memory").writeInt(8, 99);
        assertThat(instance.memory("again").readInt(8)).isEqualTo(99);
    }

    @Test
    void readsAndWritesGlobals() {
        byte[] wasm = module(
                section(6, 2, I64, 1, 0x42, 7, 0x0b, F32, 1, 0x43, 0, 0, 0x80, 0x3f, 0x0b),
                section(7, 2, "a", 3, 0, "b", 3, 1));
        CoreInstance instance = instantiate(wasm);

        assertThat(instance.global("a").get()).isEqualTo(7);
        assertThat(instance.global("b").get()).isEqualTo(Float.floatToRawIntBits(1f));
        instance.global("a").set(Long.MAX_VALUE);
        assertThat(instance.global("a").get()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void keepsStoresApart() {
        byte[] wasm = oneFunction(types(), types());
        CoreModule module = engine().compile(wasm, "apart");
        CoreMemory one = store().instantiate(module, new CoreExtern[0]).memory("memory");
        try (CoreStore other = engine().newStore("other")) {
            CoreMemory two = other.instantiate(module, new CoreExtern[0]).memory("memory");
            one.writeInt(0, 1);

            assertThat(two.readInt(0)).isZero();
        }
    }

    @Test
    void mapsTraps() {
        assertTrap(Kind.UNREACHABLE, call(oneFunction(types(), types(), 0x00)));
        assertTrap(Kind.MEMORY_OUT_OF_BOUNDS, call(oneFunction(types(), types(), 0x41, 0x7f, 0x28, 2, 0, 0x1a)));
        assertTrap(Kind.INTEGER_DIVIDE_BY_ZERO, call(oneFunction(types(), types(), 0x41, 1, 0x41, 0, 0x6d, 0x1a)));
        assertTrap(Kind.INTEGER_OVERFLOW, call(oneFunction(types(), types(), 0x43, 0, 0, 0x80, 0x7f, 0xa8, 0x1a)));
        assertTrap(Kind.STACK_OVERFLOW, call(oneFunction(types(), types(), 0x10, 0)));
    }

    private org.assertj.core.api.ThrowableAssert.ThrowingCallable call(byte[] wasm) {
        CoreFunction function = instantiate(wasm).function("f");
        return () -> function.call();
    }

    @Test
    void runsTheStartFunction() {
        byte[] wasm = module(section(1, 1, 0x60, 0, 0), section(3, 1, 0), section(8, 0), section(10, 1, body(0x00)));

        assertTrap(Kind.UNREACHABLE, () -> instantiate(wasm));
    }

    @Test
    void refusesBytesThatAreNoModule() {
        assertThatThrownBy(() -> engine().compile(new byte[] {0, 1, 2, 3}, "no module"))
                .isInstanceOf(ComponentException.class);
    }

    @Test
    void refusesExportsThatAreNotThere() {
        CoreInstance instance = instantiate(oneFunction(types(), types()));

        assertThatThrownBy(() -> instance.function("g")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> instance.memory("f")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> instance.export("g")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void interruptsAnEndlessLoop() {
        CoreFunction spin = instantiate(oneFunction(types(), types(), 0x03, 0x40, 0x0c, 0, 0x0b))
                .function("f");
        CoreStore store = store();
        Thread watchdog = Thread.ofPlatform().start(store::interrupt);

        assertTrap(Kind.INTERRUPTED, spin::call);
        assertThat(watchdog.isVirtual()).isFalse();
    }

    private static void assertTrap(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TrapException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
