package dev.warpgrid.engine.graalwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.component.Variant;
import dev.warpgrid.component.testing.Guests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guest whose results break the Canonical ABI. */
class CrookedGuestTest {
    private static ComponentInstance open(InstanceLimits limits) {
        return new Linker<Object>(SharedEngine.ENGINE)
                .link(Component.parse(Guests.bytes("crooked")), limits)
                .instantiate(new Object());
    }

    @ParameterizedTest
    @CsvSource({
        "text, 0, not UTF-8",
        "text, 32, outside its memory",
        "text, 3, not aligned",
        "text, 65536, outside its memory",
        "text, 65532, outside its memory",
        "numbers, 40, not aligned",
        "numbers, 48, longer than",
        "maybe, 64, case 7",
        "character, 55296, which is none",
        "character, 1114112, which is none",
        "character, -1, which is none",
        "color, 2, case 2",
        "color, -1, case 4294967295"
    })
    void trapsOnResultsThatBreakTheAbi(String function, int argument, String reason) {
        try (ComponentInstance instance = open(InstanceLimits.defaults())) {
            assertThatThrownBy(() -> instance.function(function).call(argument))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ABI))
                    .hasMessageContaining(reason);
            assertThat(instance.poisoned()).isTrue();
        }
    }

    @Test
    void acceptsWhatIsStraight() {
        try (ComponentInstance instance = open(InstanceLimits.defaults())) {
            assertThat(instance.function("character").call(0x1f600)).isEqualTo(0x1f600);
            assertThat(instance.function("color").call(1)).isEqualTo(Variant.of(1));
            assertThat(instance.function("maybe").call(128)).isEqualTo(Variant.none());
        }
    }

    @Test
    void aGuestCannotMakeTheHostAllocateWithoutBound() {
        InstanceLimits limits = new InstanceLimits(1 << 20, 100, 100, 10, 100_000);
        try (ComponentInstance instance = open(limits)) {
            assertThatThrownBy(() -> instance.function("texts").call(56))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT))
                    .hasMessageContaining("liftedBytes");
        }
    }
}
