package dev.warpgrid.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {
    @ParameterizedTest
    @CsvSource({"0,0s", "119,119s", "120,2m", "7199,119m", "7200,2h", "172799,47h", "172800,2d", "-5,0s"})
    void tellsAgesInOneUnit(long seconds, String expected) {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(Human.age(now.minusSeconds(seconds), now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "999,999 B", "1000,1.0 KiB", "1536,1.5 KiB", "67108864,64 MiB", "1099511627776,1 TiB"})
    void tellsBytesInThreeDigits(long bytes, String expected) {
        assertThat(Human.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"840,0.8 s", "12400,12 s", "65000,1 min 5 s"})
    void tellsHowLongSomethingTook(long millis, String expected) {
        assertThat(Human.elapsed(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @Test
    void countsInPlainEnglish() {
        assertThat(Human.count(1, "instance")).isEqualTo("1 instance");
        assertThat(Human.count(0, "instance")).isEqualTo("0 instances");
    }
}
