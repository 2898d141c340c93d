package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import org.junit.jupiter.api.Test;

class HttpComponentTest {
    private static final byte[] EMPTY_COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

    @Test
    void refusesAComponentThatAnswersNoRequests() {
        assertThatExceptionOfType(LinkException.class)
                .isThrownBy(() -> HttpComponent.link(
                        Guests.engine(), Component.parse(EMPTY_COMPONENT), InstanceLimits.defaults()))
                .withMessageContaining("wasi:http/incoming-handler")
                .withMessageContaining("wasi:http/proxy");
    }
}
