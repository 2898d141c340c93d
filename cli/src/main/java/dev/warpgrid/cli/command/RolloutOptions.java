package dev.warpgrid.cli.command;

import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a new revision takes over, as options of a command. The server checks the values. */
final class RolloutOptions {
    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How a new revision takes over: rolling (the default), canary or blue-green.")
    private @Nullable String strategy;

    @Option(
            names = "--max-surge",
            paramLabel = "COUNT|SHARE",
            description = "Rolling: instances beyond the count, such as 2 or 25%%.")
    private @Nullable String maxSurge;

    @Option(
            names = "--max-unavailable",
            paramLabel = "COUNT|SHARE",
            description = "Rolling: how many of the count may be missing.")
    private @Nullable String maxUnavailable;

    @Option(names = "--bake", paramLabel = "TIME", description = "Rolling: how long a batch answers before the next.")
    private @Nullable String bake;

    @Option(
            names = "--steps",
            paramLabel = "STEPS",
            description = "Canary: weights with pauses, such as 10:1m,50:5m; without a pause a step waits for promote.")
    private @Nullable String steps;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            description = "Blue-green: how long the former revision stays to be switched back to.")
    private @Nullable String keep;

    @Option(names = "--manual-switch", description = "Blue-green: wait for warp rollout promote before the switch.")
    private boolean manualSwitch;

    @Option(
            names = "--max-errors",
            paramLabel = "PERCENT",
            description = "Gate: roll back above this share of answers 500 to 599.")
    private @Nullable Double maxErrors;

    @Option(names = "--max-p99", paramLabel = "TIME", description = "Gate: roll back above this latency of 99%%.")
    private @Nullable String maxP99;

    @Option(
            names = "--min-requests",
            paramLabel = "COUNT",
            description = "Gates: how many requests it takes to judge; 20 by default.")
    private @Nullable Long minRequests;

    @Option(
            names = "--rollout-deadline",
            paramLabel = "TIME",
            description = "Roll back after so long without progress; 5m by default.")
    private @Nullable String deadline;

    /** What is named here over what is there; null where neither says anything. */
    DeploymentSpec.@Nullable Rollout over(DeploymentSpec.@Nullable Rollout present) {
        if (!anyGiven()) {
            return present;
        }
        String chosen = strategy != null ? strategy : guessed(present);
        DeploymentSpec.Rollout same = present != null && chosen.equals(present.strategy()) ? present : null;
        return new DeploymentSpec.Rollout(
                chosen,
                chosen.equals("rolling") || maxSurge != null || maxUnavailable != null || bake != null
                        ? rolling(same == null ? null : same.rolling())
                        : null,
                chosen.equals("canary") || steps != null ? canary(same == null ? null : same.canary()) : null,
                chosen.equals("blue-green") || keep != null || manualSwitch
                        ? blueGreen(same == null ? null : same.blueGreen())
                        : null,
                gates(present == null ? null : present.gates()),
                deadline != null || present == null ? deadline : present.deadline());
    }

    private boolean anyGiven() {
        return strategy != null
                || maxSurge != null
                || maxUnavailable != null
                || bake != null
                || steps != null
                || keep != null
                || manualSwitch
                || maxErrors != null
                || maxP99 != null
                || minRequests != null
                || deadline != null;
    }

    private String guessed(DeploymentSpec.@Nullable Rollout present) {
        if (steps != null) {
            return "canary";
        }
        if (keep != null || manualSwitch) {
            return "blue-green";
        }
        String before = present == null ? null : present.strategy();
        return before == null || maxSurge != null || maxUnavailable != null || bake != null ? "rolling" : before;
    }

    private DeploymentSpec.Rolling rolling(DeploymentSpec.@Nullable Rolling present) {
        return new DeploymentSpec.Rolling(
                maxSurge != null || present == null ? maxSurge : present.maxSurge(),
                maxUnavailable != null || present == null ? maxUnavailable : present.maxUnavailable(),
                bake != null || present == null ? bake : present.bakeTime());
    }

    private DeploymentSpec.Canary canary(DeploymentSpec.@Nullable Canary present) {
        String text = steps;
        if (text == null) {
            return present == null ? new DeploymentSpec.Canary(null) : present;
        }
        List<DeploymentSpec.CanaryStep> read = new ArrayList<>();
        for (String step : text.split(",", -1)) {
            int colon = step.indexOf(':');
            try {
                read.add(new DeploymentSpec.CanaryStep(
                        Integer.parseInt((colon < 0 ? step : step.substring(0, colon)).strip()),
                        colon < 0 ? null : step.substring(colon + 1).strip()));
            } catch (NumberFormatException e) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--steps \"" + step + "\" has no weight: write percentages with pauses, such as 10:1m,50:5m.",
                        e);
            }
        }
        return new DeploymentSpec.Canary(read);
    }

    private DeploymentSpec.BlueGreen blueGreen(DeploymentSpec.@Nullable BlueGreen present) {
        return new DeploymentSpec.BlueGreen(
                manualSwitch ? Boolean.FALSE : present == null ? null : present.automatic(),
                keep != null || present == null ? keep : present.keep());
    }

    private DeploymentSpec.@Nullable Gates gates(DeploymentSpec.@Nullable Gates present) {
        if (maxErrors == null && maxP99 == null && minRequests == null) {
            return present;
        }
        return new DeploymentSpec.Gates(
                maxErrors != null || present == null ? maxErrors : present.maxErrorPercent(),
                maxP99 != null || present == null ? maxP99 : present.maxP99(),
                minRequests != null || present == null ? minRequests : present.minRequests());
    }
}
