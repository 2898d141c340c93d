package dev.warpgrid.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.Metadata;
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
}
