package dev.warpgrid.engine.graalwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.component.testing.Guests;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values go from the host into a guest, from there to a host function, and all the way back. */
class CanonicalAbiTest {
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"echo-utf8", "echo-utf16", "echo-latin1"})
    @interface ForEachEncoding {}

    static final List<String> NAMES = List.of(
            "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "bytes",
            "numbers", "names", "pair", "point", "shape", "color", "rights", "maybe", "outcome", "many");

    /** Notes what the guest gave and gives it back. */
    private static final class Echo {
        final List<Object> seen = new ArrayList<>();
    }

    private final Echo echo = new Echo();

    private ComponentInstance open(String guest) {
        HostInterface.Builder<Echo> values = HostInterface.named("test:host/values", "0.2.12");
        for (String name : NAMES) {
            values.function("echo-" + name, (state, arguments) -> {
                state.seen.add(arguments[0]);
                return arguments[0];
            });
        }
        return new Linker<Echo>(SharedEngine.ENGINE)
                .provide(values.build())
                .link(
                        Component.parse(Guests.bytes(guest)),
                        InstanceLimits.defaults().withMemoryBytes(8 << 20))
                .instantiate(echo);
    }

    private void assertEchoes(ComponentInstance instance, String name, Object value) {
        echo.seen.clear();
        Object back = instance.function("test:guest/values", "echo-" + name).call(value);

        assertThat(echo.seen).hasSize(1);
        assertThat(plain(echo.seen.get(0)))
                .as("what the host function was given by echo-" + name)
                .isEqualTo(plain(value));
        assertThat(plain(back)).as("what echo-" + name + " answered").isEqualTo(plain(value));
    }

    /** Arrays compare by content as lists. */
    private static Object plain(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case byte[] bytes ->
                IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
            case Object[] fields ->
                java.util.Arrays.stream(fields).map(CanonicalAbiTest::plain).toList();
            case List<?> list -> list.stream().map(CanonicalAbiTest::plain).toList();
            case null -> "nothing";
            default -> value;
        };
    }

    @ForEachEncoding
    void passesNumbersAtTheirBounds(String guest) {
        try (ComponentInstance instance = open(guest)) {
            for (int s8 : new int[] {-128, -1, 0, 127}) {
                assertEchoes(instance, "s8", s8);
            }
            for (int u16 : new int[] {0, 1, 0x8000, 0xffff}) {
                assertEchoes(instance, "u16", u16);
            }
            assertEchoes(instance, "u8", 255);
            assertEchoes(instance, "s16", -32_768);
            assertEchoes(instance, "s32", Integer.MIN_VALUE);
            assertEchoes(instance, "u32", -1);
            assertEchoes(instance, "s64", Long.MIN_VALUE);
            assertEchoes(instance, "u64", -1L);
            assertEchoes(instance, "f32", -0.0f);
            assertEchoes(instance, "f64", Double.MIN_VALUE);
            assertEchoes(instance, "f64", Double.NaN);
            assertEchoes(instance, "bool", true);
            assertEchoes(instance, "bool", false);
        }
    }

    @ForEachEncoding
    void passesChars(String guest) {
        try (ComponentInstance instance = open(guest)) {
            for (int point : new int[] {0, 'a', 0xd7ff, 0xe000, 0x1f600, 0x10ffff}) {
                assertEchoes(instance, "char", point);
            }
        }
    }

    @ForEachEncoding
    void passesStrings(String guest) {
        try (ComponentInstance instance = open(guest)) {
            for (String text : List.of(
                    "", "a", "plain", "grüße", "λόγος", "\u0000", "smile \ud83d\ude00!", "\ufffd", "x".repeat(5000))) {
                assertEchoes(instance, "string", text);
            }
            assertEchoes(instance, "names", List.of("one", "zwei ß", "три", ""));
            assertEchoes(instance, "names", List.of());
        }
    }

    @ForEachEncoding
    void passesListsOfAllSizes(String guest) {
        try (ComponentInstance instance = open(guest)) {
            Random random = new Random(42);
            for (int length : new int[] {0, 1, 7, 8, 15, 16, 63, 64, 100, 1000, 65_537, 1_000_000}) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                assertEchoes(instance, "bytes", bytes);
            }
            assertEchoes(instance, "numbers", IntStream.range(-50, 50).boxed().toList());
        }
    }

    @ForEachEncoding
    void passesCompounds(String guest) {
        try (ComponentInstance instance = open(guest)) {
            assertEchoes(instance, "pair", new Object[] {200, -7L});
            assertEchoes(instance, "point", new Object[] {-3, 2.5, "here"});
            assertEchoes(instance, "shape", Variant.of(0));
            assertEchoes(instance, "shape", Variant.of(1, -1.5));
            assertEchoes(instance, "shape", Variant.of(2, "labelled"));
            assertEchoes(instance, "shape", Variant.of(3, -1L));
            assertEchoes(instance, "color", Variant.of(2));
            assertEchoes(instance, "rights", 5);
            assertEchoes(instance, "maybe", Variant.none());
            assertEchoes(instance, "maybe", Variant.some(-1));
            assertEchoes(instance, "outcome", Variant.ok("good"));
            assertEchoes(instance, "outcome", Variant.err(9));
            assertEchoes(
                    instance,
                    "many",
                    IntStream.range(0, 17).mapToObj(i -> (Object) (i * 3000)).toArray());
        }
    }

    @ForEachEncoding
    void refusesArgumentsOfTheWrongType(String guest) {
        for (Object wrong : new Object[] {"text", 1L, Variant.none(), List.of(1)}) {
            try (ComponentInstance instance = open(guest)) {
                assertThatThrownBy(() -> instance.function("test:guest/values", "echo-point")
                                .call(wrong))
                        .isInstanceOfSatisfying(
                                TrapException.class,
                                e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.HOST_FAILURE))
                        .hasMessageContaining("record");
                assertThat(instance.poisoned()).isTrue();
            }
        }
    }

    @ForEachEncoding
    void refusesTheWrongNumberOfArguments(String guest) {
        try (ComponentInstance instance = open(guest)) {
            assertThatThrownBy(() ->
                            instance.function("test:guest/values", "echo-u8").call())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(instance.poisoned()).isFalse();
        }
    }

    @ForEachEncoding
    void refusesAHostThatAnswersAnotherType(String guest) {
        HostInterface.Builder<Echo> values = HostInterface.named("test:host/values", "0.2.0");
        NAMES.forEach(name -> values.function("echo-" + name, (state, arguments) -> new Object()));
        try (ComponentInstance instance = new Linker<Echo>(SharedEngine.ENGINE)
                .provide(values.build())
                .link(Component.parse(Guests.bytes(guest)), InstanceLimits.defaults())
                .instantiate(echo)) {
            assertThatThrownBy(() -> instance.function("test:guest/values", "echo-string")
                            .call("a"))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.HOST_FAILURE));
        }
    }
}
