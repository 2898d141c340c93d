package dev.warpgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelRulesTest {
    private static final DeploymentId HELLO = new DeploymentId("default", "hello");

    @Test
    void namesAreDnsLabels() {
        assertThat(ResourceName.isValid("a-1")).isTrue();
        for (String bad : List.of("", "A", "-a", "a-", "a.b", "a_b", "x".repeat(64))) {
            assertThat(ResourceName.isValid(bad)).as(bad).isFalse();
        }
    }

    @Test
    void identifiersReadBackWhatTheyWrite() {
        RevisionId revision = new RevisionId(HELLO, 3);
        assertThat(RevisionId.parse(revision.toString())).isEqualTo(revision);
    }

    @Test
    void aRouteRefusesWeightsThatDoNotSumToOneHundred() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route("h", "/", List.of(new RouteTarget(new RevisionId(HELLO, 1), 99))));
    }

    @Test
    void aStoppedInstanceNeverComesBack() {
        for (InstanceState next : InstanceState.values()) {
            assertThat(InstanceState.STOPPED.canBecome(next)).isFalse();
        }
    }

    @Test
    void limitsBelowOnePageAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkloadLimits(new ByteSize(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }
}
