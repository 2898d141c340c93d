package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterfaceVersionsTest {
    private static final List<String> NODE =
            List.of("wasi:http/types@0.2.12", "wasi:keyvalue/store@0.2.0-draft2", "acme:log/sink");

    @Test
    void linksAnyPatchLevelInsideOneMinorVersion() {
        assertThat(InterfaceVersions.missing(List.of("wasi:http/types@0.2.0", "wasi:http/types@0.2.99"), NODE))
                .isEmpty();
    }

    @Test
    void linksUnversionedNamesOnlyToThemselves() {
        assertThat(InterfaceVersions.missing(List.of("acme:log/sink", "acme:log/source"), NODE))
                .containsExactly("acme:log/source");
    }

    @Test
    void keepsOtherVersionsApart() {
        assertThat(InterfaceVersions.missing(List.of("wasi:http/types@0.3.0", "wasi:http/types"), NODE))
                .containsExactly("wasi:http/types@0.3.0", "wasi:http/types");
    }
}
