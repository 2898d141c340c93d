package dev.warpgrid.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "wasi:io/streams@0.2.4, wasi:io/streams@0.2.12, true",
        "wasi:io/streams@0.2.12, wasi:io/streams@0.2.4, true",
        "wasi:io/streams@0.2.4, wasi:io/poll@0.2.4, false",
        "wasi:io/streams@0.2.4, wasi:io/streams@0.3.0, false",
        "wasi:io/streams@0.2.4, wasi:io/streams, false",
        "wasi:keyvalue/store@0.2.0-draft, wasi:keyvalue/store@0.2.0-draft, true",
        "wasi:keyvalue/store@0.2.0-draft, wasi:keyvalue/store@0.2.0-draft2, false",
        "wasi:keyvalue/store@0.2.0-draft, wasi:keyvalue/store@0.2.0, false",
        "a:b/c@1.2.0, a:b/c@1.9.3, true",
        "a:b/c@1.2.0, a:b/c@2.2.0, false",
        "a:b/c@0.0.1, a:b/c@0.0.2, false",
        "a:b/c@1, a:b/c@1, true"
    })
    void matchesByTheCanonicalVersion(String wanted, String given, boolean compatible) {
        assertThat(Versions.compatible(wanted, given)).isEqualTo(compatible);
    }

    @Test
    void aNameWithoutVersionMatchesAny() {
        assertThat(Versions.matches("wasi:http/incoming-handler", "wasi:http/incoming-handler@0.2.12"))
                .isTrue();
        assertThat(Versions.matches("wasi:http/incoming-handler@0.2.0", "wasi:http/incoming-handler@0.2.12"))
                .isTrue();
        assertThat(Versions.matches("wasi:http/incoming", "wasi:http/incoming-handler@0.2.12"))
                .isFalse();
    }
}
