package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.server.testing.TestComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArtifactInspectionTest {
    @Test
    void readsNamesAndMemoryOfAComponent() {
        ArtifactInspection inspection = ArtifactInspection.of(TestComponent.httpService());
        assertThat(inspection.imports()).containsExactly("wasi:http/types@0.2.4");
        assertThat(inspection.exports()).containsExactly("wasi:http/incoming-handler@0.2.4");
        assertThat(inspection.minimumMemoryBytes()).isEqualTo(2 * 65_536);
    }

    @Test
    void refusesEveryTruncationWithAByte() {
        byte[] whole = TestComponent.httpService();
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (isWholeSections(whole, length)) {
                continue;
            }
            assertThatThrownBy(() -> ArtifactInspection.of(part))
                    .as("the first %s bytes", length)
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("byte");
        }
    }

    /** Cut between two sections it is a shorter component, which is valid as such. */
    private static boolean isWholeSections(byte[] whole, int length) {
        int position = 8;
        while (position < length) {
            position += 2 + whole[position + 1];
        }
        return position == length;
    }

    @Test
    void refusesWhatIsNoWebAssembly() {
        assertThatThrownBy(() -> ArtifactInspection.of("#!/bin/sh".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("no WebAssembly");
    }
}
