package dev.warpgrid.ui.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void writesSizesAsPeopleReadThem() {
        assertThat(Words.bytes(0)).isEqualTo("0 B");
        assertThat(Words.bytes(64L << 20)).isEqualTo("64 MiB");
        assertThat(Words.bytes(1610612736L)).isEqualTo("1.5 GiB");
        assertThat(Words.bytes(150L << 20)).isEqualTo("150 MiB");
    }

    @Test
    void writesRatesWithAsManyDigitsAsMatter() {
        assertThat(Words.rate(0)).isEqualTo("0");
        assertThat(Words.rate(0.05)).isEqualTo("0.05");
        assertThat(Words.rate(3.44)).isEqualTo("3.4");
        assertThat(Words.rate(1204.4)).isEqualTo("1,204");
    }

    @Test
    void statesAreWords() {
        assertThat(Mood.words("BACKING_OFF")).isEqualTo("Backing off");
        assertThat(Mood.ofInstance("RUNNING", false)).isEqualTo(Mood.WARN);
        assertThat(Mood.ofInstance("SOMETHING_NEW", true)).isEqualTo(Mood.IDLE);
    }
}
