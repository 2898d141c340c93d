package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpFieldsTest {
    @Test
    void keepsOrderAndRepetition() {
        HttpFields fields = HttpFields.of("Set-Cookie", "a=1", "Vary", "accept", "set-cookie", "b=2");
        assertThat(fields.all("SET-COOKIE")).containsExactly("a=1", "b=2");
        assertThat(fields.name(0)).isEqualTo("set-cookie");
        assertThat(fields.first("vary")).contains("accept");
        assertThat(fields).hasToString("set-cookie: a=1\nvary: accept\nset-cookie: b=2\n");
    }

    @Test
    void removesAllOfAName() {
        HttpFields fields = HttpFields.of("a", "1", "b", "2", "A", "3", "c", "4");
        assertThat(fields.remove("a")).isEqualTo(2);
        assertThat(fields).hasToString("b: 2\nc: 4\n");
        assertThat(fields.byteSize()).isEqualTo(4);
    }

    @Test
    void carriesBytesThatAreNoText() {
        byte[] raw = {(byte) 0xe4, (byte) 0xff};
        HttpFields fields = new HttpFields().add("x", raw);
        assertThat(fields.valueBytes(0)).isEqualTo(raw);
        assertThat(fields.value(0).getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(raw);
    }

    @Test
    void refusesMoreThanItsBounds() {
        HttpFields fields = new HttpFields();
        String large = "v".repeat(HttpFields.MOST_BYTES - 1);
        fields.add("a", large);
        assertThat(fields.fits(1, 0)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> fields.add("b", "")).withMessageContaining("does not fit");
    }

    @Test
    void refusesChangesOnceFrozen() {
        HttpFields fields = HttpFields.of("a", "1").freeze();
        assertThatIllegalStateException().isThrownBy(() -> fields.add("b", "2"));
        assertThatIllegalStateException().isThrownBy(() -> fields.remove("a"));
        assertThat(fields.copy().add("b", "2").size()).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(() -> HttpFields.none().add("a", "b"));
    }
}
