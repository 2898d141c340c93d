package dev.warpgrid.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final LoginThrottle throttle = new LoginThrottle();
    private Instant now = Instant.EPOCH;

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("eve", now);
        }
    }

    @Test
    void letsAFewMistakesPass() {
        fail(LoginThrottle.FREE_FAILURES - 1);
        assertThat(throttle.wait("eve", now)).isZero();
    }

    @Test
    void doublesTheWaitUpToItsLimit() {
        fail(LoginThrottle.FREE_FAILURES);
        assertThat(throttle.wait("eve", now)).isEqualTo(Duration.ofSeconds(1));
        fail(1);
        assertThat(throttle.wait("eve", now)).isEqualTo(Duration.ofSeconds(2));
        fail(50);
        assertThat(throttle.wait("eve", now)).isEqualTo(LoginThrottle.LONGEST_WAIT);
        now = now.plus(LoginThrottle.LONGEST_WAIT);
        assertThat(throttle.wait("eve", now)).isZero();
    }

    @Test
    void forgetsMistakesAfterARightPassword() {
        fail(20);
        throttle.succeeded("eve");
        fail(1);
        assertThat(throttle.wait("eve", now)).isZero();
    }

    @Test
    void slowsNobodyElseDown() {
        fail(20);
        assertThat(throttle.wait("bob", now)).isZero();
    }
}
