package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.status.DeploymentHealth;
import dev.warpgrid.control.status.DeploymentHealth.Level;
import dev.warpgrid.control.status.HealthRules;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.InstanceState;
import org.junit.jupiter.api.Test;

class HealthRulesTest {
    private final GridFixture grid = new GridFixture();

    private DeploymentHealth judge() {
        return HealthRules.judge(
                grid.snapshot(),
                grid.deployments.get(GridFixture.id("web")),
                grid.decide().reasons());
    }

    @Test
    void isReadyWhenAllAnswer() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        DeploymentHealth health = judge();
        assertThat(health.level()).isEqualTo(Level.READY);
        assertThat(health.sentence()).isEqualTo("All 2 instances answer.");
        assertThat(health.aspects())
                .extracting(DeploymentHealth.Aspect::type)
                .containsExactly("Ready", "Placed", "UpToDate");
        assertThat(health.aspects()).allMatch(DeploymentHealth.Aspect::holds);
    }

    @Test
    void progressesWhileInstancesStart() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.step();
        assertThat(judge().level()).isEqualTo(Level.PROGRESSING);
        assertThat(judge().sentence()).isEqualTo("0 of 2 instances answer; the rest is starting.");
    }

    @Test
    void progressesDuringARollout() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        grid.deploy("web", 2, 2);
        grid.step();
        assertThat(judge().level()).isEqualTo(Level.PROGRESSING);
        assertThat(judge().sentence()).contains("older ones are being replaced");
        assertThat(judge().ready()).isEqualTo(2);
    }

    @Test
    void isUnavailableWithCauseWhenNothingFits() {
        grid.node("n1").memoryBytes = ByteSize.ofMebibytes(10).bytes();
        grid.deploy("web", 1, 1);
        grid.step();
        assertThat(judge().level()).isEqualTo(Level.UNAVAILABLE);
        assertThat(judge().sentence()).contains("No instance answers.", "10MiB of 10MiB memory left", "add a node");
    }

    @Test
    void isDegradedWithCauseWhenOneCrashed() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        Placement first = grid.of("web").getFirst();
        grid.observe(first.instance(), InstanceState.BACKING_OFF, "It divided by zero", 1);
        assertThat(judge().level()).isEqualTo(Level.DEGRADED);
        assertThat(judge().sentence())
                .startsWith("1 of 2 instances answer. Instance " + first.instance() + " crashed: It divided by zero. ");
    }

    @Test
    void isUnavailableWhenTheOnlyNodeIsSilent() {
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.settle();
        grid.node("n1").state = NodeState.SUSPECTED;
        assertThat(judge().level()).isEqualTo(Level.UNAVAILABLE);
        assertThat(judge().sentence()).contains("n1 has not been heard");
    }

    @Test
    void isReadyWithoutInstancesWhenNoneWasAskedFor() {
        grid.node("n1");
        grid.deploy("web", 1, 0);
        assertThat(judge().level()).isEqualTo(Level.READY);
        assertThat(judge().sentence()).contains("as asked");
    }
}
