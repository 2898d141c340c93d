package dev.warpgrid.ui.deployment;

import com.vaadin.flow.component.html.Pre;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A deployment's intent with the names {@code warp.toml} has. */
final class DefinitionText {
    private DefinitionText() {}

    static Pre facts(Deployment deployment) {
        Pre text = new Pre(of(deployment));
        text.addClassName("mono");
        text.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", "Definition");
        return text;
    }

    static String of(Deployment deployment) {
        DeploymentSpec spec = deployment.spec();
        StringBuilder text = new StringBuilder();
        line(text, "name", quoted(deployment.metadata().name()));
        line(text, "namespace", quoted(deployment.metadata().namespace()));
        line(text, "artifact", quoted(spec.artifact()));
        DeploymentSpec.Trigger trigger = spec.trigger();
        DeploymentSpec.Http http = trigger == null ? null : trigger.http();
        if (http != null) {
            table(text, "trigger.http");
            line(text, "hosts", list(http.hosts()));
            line(text, "paths", list(http.paths()));
        }
        DeploymentSpec.Instances instances = spec.instances();
        if (instances != null && instances.min() != null) {
            table(text, "instances");
            line(text, "min", String.valueOf(instances.min()));
        }
        DeploymentSpec.Resources resources = spec.resources();
        if (resources != null) {
            table(text, "resources");
            line(text, "memory", quoted(resources.memory()));
            line(text, "timeout", quoted(resources.timeout()));
            line(text, "cpuTime", quoted(resources.cpuTime()));
        }
        map(text, "environment", spec.environment());
        rollout(text, spec.rollout());
        map(text, "labels", deployment.metadata().labels());
        return text.toString();
    }

    private static void rollout(StringBuilder text, DeploymentSpec.@Nullable Rollout rollout) {
        if (rollout == null) {
            return;
        }
        table(text, "rollout");
        line(text, "strategy", quoted(rollout.strategy()));
        line(text, "deadline", quoted(rollout.deadline()));
        DeploymentSpec.Rolling rolling = rollout.rolling();
        if (rolling != null) {
            table(text, "rollout.rolling");
            line(text, "maxSurge", quoted(rolling.maxSurge()));
            line(text, "maxUnavailable", quoted(rolling.maxUnavailable()));
            line(text, "bakeTime", quoted(rolling.bakeTime()));
        }
        DeploymentSpec.Canary canary = rollout.canary();
        List<DeploymentSpec.CanaryStep> steps = canary == null ? null : canary.steps();
        for (DeploymentSpec.CanaryStep step : steps == null ? List.<DeploymentSpec.CanaryStep>of() : steps) {
            text.append("\n[[rollout.canary.steps]]\n");
            line(text, "weight", String.valueOf(step.weight()));
            line(text, "pause", quoted(step.pause()));
        }
        DeploymentSpec.BlueGreen green = rollout.blueGreen();
        if (green != null) {
            table(text, "rollout.blueGreen");
            line(text, "automatic", String.valueOf(green.automatic()));
            line(text, "keep", quoted(green.keep()));
        }
        DeploymentSpec.Gates gates = rollout.gates();
        if (gates != null) {
            table(text, "rollout.gates");
            line(
                    text,
                    "maxErrorPercent",
                    gates.maxErrorPercent() == null ? null : String.valueOf(gates.maxErrorPercent()));
            line(text, "maxP99", quoted(gates.maxP99()));
            line(text, "minRequests", String.valueOf(gates.minRequests()));
        }
    }

    private static void map(StringBuilder text, String name, @Nullable Map<String, String> values) {
        if (values != null && !values.isEmpty()) {
            table(text, name);
            new TreeMap<>(values).forEach((key, value) -> line(text, key, quoted(value)));
        }
    }

    private static void table(StringBuilder text, String name) {
        text.append("\n[").append(name).append("]\n");
    }

    private static void line(StringBuilder text, String key, @Nullable String value) {
        if (value != null) {
            text.append(key).append(" = ").append(value).append('\n');
        }
    }

    private static @Nullable String quoted(@Nullable String value) {
        return value == null
                ? null
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static @Nullable String list(@Nullable List<String> values) {
        return values == null
                ? null
                : values.stream()
                        .map(value -> Objects.requireNonNull(quoted(value)))
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
