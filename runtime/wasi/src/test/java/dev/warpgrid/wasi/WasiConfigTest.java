package dev.warpgrid.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WasiConfigTest {
    @Test
    void givesNothingByDefault() {
        WasiConfig nothing = WasiConfig.nothing();
        assertThat(nothing.environment()).isEmpty();
        assertThat(nothing.arguments()).isEmpty();
        assertThat(nothing.configuration()).isEmpty();
    }

    @Test
    void refusesAVariableThatNoGuestCouldRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WasiConfig.builder().environment("A=B", "x").build())
                .withMessageContaining("A=B");
    }

    @Test
    void keepsTheOrderOfVariables() {
        WasiConfig config = WasiConfig.builder()
                .environment("Z", "1")
                .environment("A", "2")
                .environment("M", "3")
                .build();
        assertThat(config.environment().keySet()).containsExactly("Z", "A", "M");
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WasiLimits(1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1))
                .withMessageContaining("logLineBytes");
    }
}
