package dev.warpgrid.engine.graalwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.Composition;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.testing.Guests;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private final Linker<Object> linker = new Linker<Object>(SharedEngine.ENGINE)
            .provide(HostInterface.<Object>named("test:host/clock", "1.0.0")
                    .function("now", (state, arguments) -> 5)
                    .build());

    private static Composition compose(String... guests) {
        Map<String, Component> components = new LinkedHashMap<>();
        for (String guest : guests) {
            components.put(guest, Component.parse(Guests.bytes(guest)));
        }
        return Composition.of(components);
    }

    private LinkedComponent<Object> link(String... guests) {
        return linker.link(compose(guests), InstanceLimits.defaults());
    }

    @Test
    void linksAnImportToTheComponentThatExportsIt() {
        try (ComponentInstance instance = link("counting", "counters").instantiate(new Object())) {
            assertThat(instance.function("run").call()).isEqualTo(7);
            assertThat(instance.function("run").call()).isEqualTo(14);
            assertThat(instance.function("test:shared/counters", "total").call())
                    .isEqualTo(14);
        }
    }

    @Test
    void keepsInstancesOfACompositionApart() {
        LinkedComponent<Object> linked = link("counters", "counting");
        try (ComponentInstance one = linked.instantiate(new Object());
                ComponentInstance other = linked.instantiate(new Object())) {
            one.function("run").call();

            assertThat(other.function("run").call()).isEqualTo(7);
        }
    }

    @Test
    void putsAComponentBetweenTheHostAndTheOthers() {
        try (ComponentInstance instance = link("counting", "clock", "counters").instantiate(new Object())) {
            assertThat(instance.function("run").call()).isEqualTo(1007);
        }
    }

    @Test
    void listsWhatNeitherAComponentNorTheHostProvides() {
        assertThatThrownBy(() -> new Linker<>(SharedEngine.ENGINE)
                        .link(compose("counting", "loop-a"), InstanceLimits.defaults()))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> assertThat(e.missing())
                                .contains("test:shared/counters@0.1.0", "test:host/clock@1.0.0", "test:loop/b"));
    }

    @Test
    void refusesACircle() {
        assertThatThrownBy(() -> link("counting", "loop-a", "counters", "loop-b"))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("loop-a, loop-b")
                .hasMessageContaining("circle");
    }

    @Test
    void refusesTwoExportersOfOneInterface() {
        Map<String, Component> twice = new LinkedHashMap<>();
        twice.put("one", Component.parse(Guests.bytes("clock")));
        twice.put("other", Component.parse(Guests.bytes("clock")));

        assertThatThrownBy(() -> linker.link(Composition.of(twice), InstanceLimits.defaults()))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("one and other both export test:host/clock@1.0.0");
    }

    @Test
    void poisonsTheWholeCompositionAfterATrap() {
        try (ComponentInstance instance = link("counting", "counters").instantiate(new Object())) {
            instance.interrupt("enough");

            assertThat(instance.poisoned()).isTrue();
        }
    }
}
