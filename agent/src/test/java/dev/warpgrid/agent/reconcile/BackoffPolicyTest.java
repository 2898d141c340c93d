package dev.warpgrid.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffPolicyTest {
    private final BackoffPolicy policy = BackoffPolicy.defaults();

    @Test
    void startsAgainAtOnceAfterTheFirstCrash() {
        assertThat(policy.delay(1)).isZero();
    }

    @Test
    void doublesTheWaitWithEachFurtherCrash() {
        assertThat(policy.delay(2)).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.delay(3)).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.delay(6)).isEqualTo(Duration.ofMillis(1600));
    }

    @Test
    void neverWaitsLongerThanTheCap() {
        assertThat(policy.delay(11)).isEqualTo(Duration.ofSeconds(30));
        for (int crashes = 11; crashes < 200; crashes++) {
            assertThat(policy.delay(crashes)).as("crash %s", crashes).isEqualTo(Duration.ofSeconds(30));
        }
        assertThat(policy.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void forgetsCrashesAfterAStableRun() {
        assertThat(policy.crashesAfter(7, Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(policy.crashesAfter(7, Duration.ofMillis(59_999))).isEqualTo(8);
        assertThat(policy.crashesAfter(Integer.MAX_VALUE, Duration.ZERO)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesACapBelowItsBase() {
        assertThatThrownBy(() -> new BackoffPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
