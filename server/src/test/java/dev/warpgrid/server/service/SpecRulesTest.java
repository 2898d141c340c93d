package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.server.store.StoredPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecRulesTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static DeploymentSpec spec() {
        return new DeploymentSpec(DIGEST, null, null, null, null);
    }

    private static List<String> pointers(Metadata metadata, DeploymentSpec spec) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> SpecRules.complete(metadata, spec));
        return refused.errors().stream().map(FieldError::pointer).toList();
    }

    @Test
    void writesEveryDefaultDown() {
        SpecRules.Complete complete = SpecRules.complete(Metadata.named("shop", "cart"), spec());
        assertThat(complete.hosts()).containsExactly("cart.shop.localhost");
        assertThat(complete.paths()).containsExactly("/");
        assertThat(complete.instances()).isEqualTo(1);
        assertThat(complete.limits().memory()).hasToString("64MiB");
        assertThat(complete.environment()).isEmpty();
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        DeploymentSpec spec = new DeploymentSpec(
                "latest",
                new DeploymentSpec.Trigger(new DeploymentSpec.Http(List.of("a_b", "ok.example.org"), List.of("x"))),
                new DeploymentSpec.Instances(-1),
                new DeploymentSpec.Resources("5GiB", "0s", "soon"),
                Map.of("A=B", "c"));
        assertThat(pointers(Metadata.named("Shop", "cart"), spec))
                .containsExactlyInAnyOrder(
                        "/metadata/namespace",
                        "/spec/artifact",
                        "/spec/instances/min",
                        "/spec/resources/memory",
                        "/spec/resources/timeout",
                        "/spec/resources/cpuTime",
                        "/spec/environment/A=B",
                        "/spec/trigger/http/hosts/0",
                        "/spec/trigger/http/paths/0");
    }

    @Test
    void refusesAnEnvironmentThatIsTooLarge() {
        DeploymentSpec spec = new DeploymentSpec(
                DIGEST, null, null, null, Map.of("A", "x".repeat(SpecRules.MAXIMUM_ENVIRONMENT_BYTES)));
        assertThat(pointers(Metadata.named("shop", "cart"), spec)).containsExactly("/spec/environment");
    }

    @Test
    void refusesTheSameHostTwice() {
        DeploymentSpec spec = new DeploymentSpec(
                DIGEST,
                new DeploymentSpec.Trigger(
                        new DeploymentSpec.Http(List.of("a.example.org", "a.example.org"), List.of("/a"))),
                null,
                null,
                null);
        assertThat(pointers(Metadata.named("shop", "cart"), spec)).containsExactly("/spec/trigger/http/hosts");
    }

    private static DeploymentSpec rollingOutBy(DeploymentSpec.Rollout rollout) {
        return new DeploymentSpec(DIGEST, null, null, null, null, rollout);
    }

    @Test
    void readsEachStrategyWithItsDefaultsAndWritesItBack() {
        for (DeploymentSpec.Rollout given : List.of(
                new DeploymentSpec.Rollout(null, null, null, null, null, null),
                new DeploymentSpec.Rollout("canary", null, null, null, null, "90s"),
                new DeploymentSpec.Rollout(
                        "canary",
                        null,
                        new DeploymentSpec.Canary(List.of(
                                new DeploymentSpec.CanaryStep(0, null), new DeploymentSpec.CanaryStep(100, "5m"))),
                        null,
                        new DeploymentSpec.Gates(1.5, "250ms", null),
                        null),
                new DeploymentSpec.Rollout(
                        "blue-green", null, null, new DeploymentSpec.BlueGreen(false, null), null, null),
                new DeploymentSpec.Rollout(
                        "rolling", new DeploymentSpec.Rolling("0", "2", "10s"), null, null, null, null))) {
            RolloutPolicy read = SpecRules.complete(Metadata.named("shop", "cart"), rollingOutBy(given))
                    .rollout();
            DeploymentSpec.Rollout written = RolloutRules.view(read);
            assertThat(SpecRules.complete(Metadata.named("shop", "cart"), rollingOutBy(written))
                            .rollout())
                    .isEqualTo(read);
            assertThat(StoredPolicy.read(StoredPolicy.write(read))).isEqualTo(read);
        }
    }

    @Test
    void tellsAllThatIsWrongInARollout() {
        DeploymentSpec.Rollout rollout = new DeploymentSpec.Rollout(
                "canary",
                new DeploymentSpec.Rolling("1", null, null),
                new DeploymentSpec.Canary(List.of(
                        new DeploymentSpec.CanaryStep(20, "soon"),
                        new DeploymentSpec.CanaryStep(10, "1m"),
                        new DeploymentSpec.CanaryStep(101, "1m"))),
                null,
                new DeploymentSpec.Gates(101.0, null, null),
                "30d");
        assertThat(pointers(Metadata.named("shop", "cart"), rollingOutBy(rollout)))
                .containsExactlyInAnyOrder(
                        "/spec/rollout/rolling",
                        "/spec/rollout/canary/steps/0/pause",
                        "/spec/rollout/canary/steps/1/weight",
                        "/spec/rollout/canary/steps/2/weight",
                        "/spec/rollout/gates",
                        "/spec/rollout/deadline");
        assertThat(pointers(
                        Metadata.named("shop", "cart"),
                        rollingOutBy(new DeploymentSpec.Rollout("recreate", null, null, null, null, null))))
                .containsExactly("/spec/rollout/strategy");
        assertThat(pointers(
                        Metadata.named("shop", "cart"),
                        rollingOutBy(new DeploymentSpec.Rollout(
                                "rolling", new DeploymentSpec.Rolling("0", "0%", null), null, null, null, null))))
                .containsExactly("/spec/rollout/rolling");
    }
}
