package dev.warpgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "64MiB, 67108864",
        "64MB, 64000000",
        "64Mi, 67108864",
        "1.5GiB, 1610612736",
        "65536, 65536",
        "0, 0",
        "1k, 1000",
        "1 KiB, 1024",
        "2TiB, 2199023255552",
        "7b, 7"
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "64 potatoes", "-1MB", "1.MB", "5i", "99999999999999TiB", "1e3"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, 1024, 65_536, 67_108_864, 64_000_000, Long.MAX_VALUE})
    void readsBackWhatItWrites(long bytes) {
        assertThat(ByteSize.parse(new ByteSize(bytes).toString()).bytes()).isEqualTo(bytes);
    }

    @Test
    void ordersBySize() {
        assertThat(ByteSize.parse("1MB")).isLessThan(ByteSize.parse("1MiB"));
    }
}
