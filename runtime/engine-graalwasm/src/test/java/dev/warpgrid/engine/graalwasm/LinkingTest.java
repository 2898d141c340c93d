package dev.warpgrid.engine.graalwasm;

import static dev.warpgrid.component.testing.WasmBytes.component;
import static dev.warpgrid.component.testing.WasmBytes.module;
import static dev.warpgrid.component.testing.WasmBytes.section;
import static dev.warpgrid.component.testing.WasmBytes.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.Variant;
import dev.warpgrid.component.testing.Guests;
import org.junit.jupiter.api.Test;

class LinkingTest {
    private static Linker<Object> linker() {
        return new Linker<>(SharedEngine.ENGINE);
    }

    private static LinkedComponent<Object> link(Linker<Object> linker, String guest) {
        return linker.link(Component.parse(Guests.bytes(guest)), InstanceLimits.defaults());
    }

    @Test
    void listsEveryImportThatIsNotProvided() {
        assertThatThrownBy(() -> link(linker(), "resources"))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> assertThat(e.missing())
                                .containsExactly("test:host/things@0.2.1", "test:host/users@0.2.7"));
    }

    @Test
    void listsFunctionsAndResourcesThatAnInterfaceLacks() {
        Linker<Object> partial = linker().provide(HostInterface.<Object>named("test:host/things", "0.2.1")
                        .function("[constructor]thing", (state, arguments) -> null)
                        .build())
                .provide(HostInterface.<Object>named("test:host/users", "0.2.0")
                        .function("swap", (state, arguments) -> null)
                        .build());

        assertThatThrownBy(() -> link(partial, "resources"))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> assertThat(e.missing())
                                .containsExactly(
                                        "test:host/things@0.2.1 thing",
                                        "test:host/things@0.2.1 [method]thing.id",
                                        "test:host/users@0.2.7 peek"));
    }

    @Test
    void refusesTablesThatStartLargerTogetherThanAllowed() {
        byte[] tables = module(section(4, 1, 0x70, 0, unsigned(60_000)));
        Component twice = Component.parse(component(section(1, tables), section(2, 2, 0, 0, 0, 0, 0, 0)));

        assertThatThrownBy(() -> linker().link(twice, InstanceLimits.defaults()))
                .isInstanceOfSatisfying(
                        LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo("tableElements"))
                .hasMessageContaining("120000 elements");
    }

    @Test
    void doesNotLinkAnotherMinorVersion() {
        Linker<Object> other = linker().provide(
                        HostInterface.<Object>named("test:host/values", "0.3.0").build());

        assertThatThrownBy(() -> link(other, "echo-utf8"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("test:host/values@0.2.3");
    }

    @Test
    void refusesTheAsyncExtensionByName() {
        assertThatThrownBy(() -> link(linker(), "async"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("canon stream.new");
    }

    @Test
    void refusesCoreModulesThatTheEngineDoesNotTake() {
        assertThatThrownBy(() -> link(linker(), "tags"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("module-0");
    }

    @Test
    void linksFunctionsOfTheWorldAndInterfacesOfTypesOnly() {
        Linker<Object> linker = linker().provide(HostInterface.<Object>named(HostInterface.WORLD, "")
                .function("limit-of", (state, arguments) -> 10 + ((Variant) arguments[0]).index())
                .build());

        try (ComponentInstance instance = link(linker, "world").instantiate(new Object())) {
            assertThat(instance.function("twice").call(Variant.of(1))).isEqualTo(22);
        }
    }

    @Test
    void namesTheFunctionOfTheWorldThatIsMissing() {
        assertThatThrownBy(() -> link(linker(), "world"))
                .isInstanceOfSatisfying(
                        LinkException.class, e -> assertThat(e.missing()).containsExactly("limit-of"));
    }

    @Test
    void callsFromComponentToComponentTranscode() {
        try (LinkedComponent<Object> linked = link(linker(), "composed");
                ComponentInstance instance = linked.instantiate(new Object())) {
            assertThat(instance.function("run").call("häh😀")).isEqualTo("häh😀häh😀");
            assertThat(instance.memoryBytes()).isEqualTo(2 * 65_536);
        }
    }

    @Test
    void sharesTheMemoryLimitBetweenMemories() {
        InstanceLimits limits = InstanceLimits.defaults().withMemoryBytes(65_536);

        assertThatThrownBy(() -> linker().link(Component.parse(Guests.bytes("composed")), limits))
                .hasMessageContaining("131072 bytes");
    }

    @Test
    void findsExportsByLenientVersion() {
        HostInterface.Builder<Object> values = HostInterface.named("test:host/values", "0.2.3");
        for (String name : CanonicalAbiTest.NAMES) {
            values.function("echo-" + name, (state, arguments) -> arguments[0]);
        }
        LinkedComponent<Object> linked = link(linker().provide(values.build()), "echo-utf8");

        assertThat(linked.exports("test:guest/values")).isTrue();
        assertThat(linked.exports("test:guest/values@0.2.0")).isTrue();
        assertThat(linked.exports("test:guest/values@0.3.0")).isFalse();
        try (ComponentInstance instance = linked.instantiate(new Object())) {
            assertThat(instance.function("test:guest/values@0.2.1", "echo-u8").call(7))
                    .isEqualTo(7);
        }
    }

    @Test
    void namesWhatItProvides() {
        Linker<Object> linker =
                linker().provide(HostInterface.<Object>named("a:b/c", "0.2.1").build());

        assertThat(linker.provided()).extracting(Object::toString).containsExactly("a:b/c@0.2.1");
    }
}
