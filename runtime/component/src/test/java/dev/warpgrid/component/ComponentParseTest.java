package dev.warpgrid.component;

import static dev.warpgrid.component.testing.WasmBytes.bytes;
import static dev.warpgrid.component.testing.WasmBytes.component;
import static dev.warpgrid.component.testing.WasmBytes.module;
import static dev.warpgrid.component.testing.WasmBytes.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.testing.Guests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentParseTest {
    @Test
    void readsNamesOfImportsAndExportsWithTheirVersions() {
        Component component = Component.parse(Guests.bytes("resources"));

        assertThat(component.imports())
                .containsExactly(
                        new ExternName("test:host/things", "0.2.1", ExternKind.INSTANCE),
                        new ExternName("test:host/users", "0.2.7", ExternKind.INSTANCE));
        assertThat(component.exports())
                .contains(new ExternName("make", "", ExternKind.FUNCTION))
                .contains(new ExternName("counter", "", ExternKind.TYPE));
        assertThat(component.modules()).hasSize(2);
    }

    @Test
    void sumsTheMemoryItStartsWith() {
        assertThat(Component.parse(Guests.bytes("composed")).minimumMemoryBytes())
                .isEqualTo(2 * 65_536);
        assertThat(Component.parse(component()).minimumMemoryBytes()).isZero();
    }

    @Test
    void readsWhatItCannotRun() {
        assertThat(Component.parse(Guests.bytes("async")).modules()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello, this is no Wasm", "\u007fELF", "\0as"})
    void saysThatOtherFilesAreNoWebAssembly(String text) {
        assertThatThrownBy(() -> Component.parse(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("not WebAssembly");
    }

    @Test
    void saysThatTextMustBeConverted() {
        assertThatThrownBy(() -> Component.parse("(component)".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("wasm-tools parse");
    }

    @Test
    void saysThatACoreModuleIsNoComponent() {
        assertThatThrownBy(() -> Component.parse(module()))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("core module and not a component");
    }

    @Test
    void allowsAModuleThatIsKnownByItsTypeOnly() {
        byte[] instantiatesAnImport =
                component(section(3, 1, 0x50, 0), section(10, 1, 0, "m", 0, 0x11, 0), section(2, 1, 0, 0, 0));

        assertThat(Component.parse(instantiatesAnImport).imports())
                .containsExactly(new ExternName("m", "", ExternKind.CORE_MODULE));
    }

    @Test
    void refusesToExportWhatHasNoNameOutside() {
        byte[] record = bytes(0x72, 1, "x", 0x79);
        byte[] listOfIt = bytes(0x70, 0);
        byte[] exportOfTheList = bytes(0, "l", 3, 1, 0);

        assertThatThrownBy(() ->
                        Component.parse(component(section(7, 2, record, listOfIt), section(11, 1, exportOfTheList))))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("no name outside");
        byte[] exportOfTheRecord = bytes(0, "r", 3, 0, 0);
        byte[] listOfTheExport = bytes(0x70, 1);
        byte[] exportOfThatList = bytes(0, "l", 3, 2, 0);
        assertThat(Component.parse(component(
                                section(7, 1, record),
                                section(11, 1, exportOfTheRecord),
                                section(7, 1, listOfTheExport),
                                section(11, 1, exportOfThatList)))
                        .exports())
                .hasSize(2);
    }

    @Test
    void tellsTheOffsetOfWhatIsWrong() {
        byte[] unknownSection = component(section(0, "note"), section(42));

        assertThatThrownBy(() -> Component.parse(unknownSection))
                .isInstanceOfSatisfying(
                        MalformedComponentException.class,
                        e -> assertThat(e.offset()).isEqualTo(15))
                .hasMessageContaining("no section of a component");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-latin1", "faults", "crooked", "resources", "composed", "async"})
    void refusesEveryTruncation(String guest) {
        byte[] whole = Guests.bytes(guest);
        for (int length = 0; length < whole.length; length++) {
            if (accepts(Arrays.copyOf(whole, length))) {
                // A cut between two sections may leave a smaller component that is whole in itself.
                assertThat(sectionEnds(whole)).contains(length);
            }
        }
    }

    private static Set<Integer> sectionEnds(byte[] whole) {
        Set<Integer> ends = new HashSet<>();
        int at = 8;
        while (at < whole.length) {
            ends.add(at);
            int size = 0;
            int shift = 0;
            do {
                at++;
                size |= (whole[at] & 0x7f) << shift;
                shift += 7;
            } while (whole[at] < 0);
            at += 1 + size;
        }
        return ends;
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-latin1", "faults", "crooked", "resources", "composed", "async"})
    void answersFlippedBytesWithAResultOrAMalformedComponent(String guest) {
        byte[] whole = Guests.bytes(guest);
        long seed = 20_261_120L;
        Random random = new Random(seed);
        // Every byte of a small guest, some hundred of a larger one.
        for (int at = 0; at < whole.length; at += 1 + whole.length / 500) {
            byte[] flipped = whole.clone();
            flipped[at] = (byte) random.nextInt(256);
            accepts(flipped);
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            accepts(flipped);
        }
        assertThat(accepts(whole)).as("seed " + seed).isTrue();
    }

    /** Any exception but the one for malformed bytes fails the test that asks. */
    private static boolean accepts(byte[] binary) {
        try {
            Component.parse(binary);
            return true;
        } catch (MalformedComponentException expected) {
            return false;
        }
    }

    @Test
    void refusesAVectorLongerThanTheBinary() {
        byte[] types = component(section(7, 0xff, 0xff, 0xff, 0xff, 0x07));

        assertThatThrownBy(() -> Component.parse(types))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("reaches past the end");
    }

    @Test
    void refusesNestingBeyondItsLimit() {
        byte[] nested = component();
        for (int i = 0; i < 40; i++) {
            nested = component(section(4, nested));
        }
        byte[] deep = nested;

        assertThatThrownBy(() -> Component.parse(deep))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("nested deeper than 32");
    }

    @Test
    void refusesTypesThatUnfoldWithoutEnd() {
        // Each instance type exports two instances of the one before: 2^40 of them in the end.
        byte[][] types = new byte[42][];
        types[0] = bytes(0x42, 0);
        for (int i = 1; i < types.length; i++) {
            byte[] before = bytes(2, 3, 2, 1, i - 1);
            types[i] = bytes(0x42, 3, before, 4, 0, "a", 5, 0, 4, 0, "b", 5, 0);
        }
        byte[] hostile = component(section(7, types.length, bytes((Object[]) types)));

        assertThatThrownBy(() -> Component.parse(hostile))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("unfolds to more than");
    }

    @Test
    void refusesAnIndexThatIsOutOfBounds() {
        byte[] alias = component(section(6, 1, 1, 0, 5, "f"));

        assertThatThrownBy(() -> Component.parse(alias))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("instance index 5 is out of bounds");
    }

    @Test
    void refusesNamesThatAreNotInKebabCase() {
        byte[] functionType = section(7, 1, 0x40, 0, 1, 0);
        byte[] badImport = component(functionType, section(10, 1, 0, "Not_Kebab", 1, 0));

        assertThatThrownBy(() -> Component.parse(badImport))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("Not_Kebab");
    }

    @Test
    void readsNamesInAllTheirForms() {
        byte[] functionType = section(7, 1, 0x40, 0, 1, 0);
        byte[] imports = section(10, 3, 0, "one", 1, 0, 1, "two", 1, 0, 2, "three", 1, 2, "external", 1, 0);

        assertThat(Component.parse(component(functionType, imports)).imports())
                .extracting(ExternName::name)
                .containsExactly("one", "two", "three");
    }

    @Test
    void refusesALargerBinaryThanAllowed() {
        ComponentLimits small = new ComponentLimits(100, 32, 1000, 100, 100, 1000, 1000);

        assertThatThrownBy(() -> Component.parse(Guests.bytes("faults"), small))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("larger than 100 bytes");
    }
}
