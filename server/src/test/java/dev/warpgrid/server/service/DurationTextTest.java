package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"250ms,250ms", "30s,30s", "90s,90s", "5m,5m", "1h,1h", "PT1M,1m", "1500ms,1500ms", "2000ms,2s", "1d,24h"
    })
    void readsWhatItWrites(String text, String canonical) {
        Duration read = DurationText.parse(text);
        assertThat(DurationText.write(read)).isEqualTo(canonical);
        assertThat(DurationText.parse(canonical)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "soon", "-5s", "1.5s", "99999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30s");
    }
}
