package dev.warpgrid.server.service;

import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.control.rollout.Amount;
import dev.warpgrid.control.rollout.Gates;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how a revision takes over, fills in every default, and writes it as the contract shows it. */
final class RolloutRules {
    private static final String ROOT = "/spec/rollout";
    private static final List<Strategy.Step> USUAL_STEPS = List.of(
            new Strategy.Step(10, Duration.ofMinutes(1)),
            new Strategy.Step(25, Duration.ofMinutes(1)),
            new Strategy.Step(50, Duration.ofMinutes(1)));
    private static final Duration USUAL_KEEP = Duration.ofMinutes(5);

    private final BiConsumer<String, String> refuse;

    /** @param refuse takes a pointer and a sentence */
    RolloutRules(BiConsumer<String, String> refuse) {
        this.refuse = refuse;
    }

    RolloutPolicy read(DeploymentSpec.@Nullable Rollout given) {
        if (given == null) {
            return RolloutPolicy.usual();
        }
        String name = Objects.requireNonNullElse(given.strategy(), "rolling");
        onlyWith(name, "rolling", "/rolling", given.rolling());
        onlyWith(name, "canary", "/canary", given.canary());
        onlyWith(name, "blue-green", "/blueGreen", given.blueGreen());
        Strategy strategy = switch (name) {
            case "rolling" -> rolling(given.rolling());
            case "canary" -> canary(given.canary());
            case "blue-green" -> blueGreen(given.blueGreen());
            default -> {
                refuse.accept(
                        ROOT + "/strategy",
                        "\"" + name + "\" is no strategy of a rollout: use rolling, canary or blue-green.");
                yield Strategy.Rolling.usual();
            }
        };
        Duration deadline = time("/deadline", given.deadline(), RolloutPolicy.DEFAULT_DEADLINE);
        Gates gates = gates(given.gates());
        return checked("/deadline", () -> new RolloutPolicy(strategy, gates, deadline), RolloutPolicy.usual());
    }

    private void onlyWith(String chosen, String strategy, String pointer, @Nullable Object part) {
        if (part != null && !chosen.equals(strategy)) {
            refuse.accept(
                    ROOT + pointer,
                    "This belongs to the strategy " + strategy + ", and the strategy is " + chosen
                            + ": take it out or change the strategy.");
        }
    }

    private Strategy rolling(DeploymentSpec.@Nullable Rolling given) {
        Strategy.Rolling usual = Strategy.Rolling.usual();
        if (given == null) {
            return usual;
        }
        Amount surge = value("/rolling/maxSurge", given.maxSurge(), Amount::parse, usual.maxSurge());
        Amount unavailable =
                value("/rolling/maxUnavailable", given.maxUnavailable(), Amount::parse, usual.maxUnavailable());
        Duration bake = time("/rolling/bakeTime", given.bakeTime(), usual.bakeTime());
        return checked("/rolling", () -> new Strategy.Rolling(surge, unavailable, bake), usual);
    }

    private Strategy canary(DeploymentSpec.@Nullable Canary given) {
        List<DeploymentSpec.CanaryStep> asked = given == null ? null : given.steps();
        if (asked == null) {
            return new Strategy.Canary(USUAL_STEPS);
        }
        List<Strategy.Step> steps = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            DeploymentSpec.CanaryStep step = asked.get(i);
            String pointer = "/canary/steps/" + i;
            Duration pause = step.pause() == null ? null : time(pointer + "/pause", step.pause(), Duration.ZERO);
            if (!steps.isEmpty() && step.weight() <= steps.getLast().weight()) {
                refuse.accept(
                        ROOT + pointer + "/weight",
                        "Each step gets more than the one before, and " + step.weight() + " follows "
                                + steps.getLast().weight() + ": let the weights rise.");
            }
            steps.add(checked(
                    pointer + "/weight",
                    () -> new Strategy.Step(step.weight(), pause),
                    new Strategy.Step(Math.clamp(step.weight(), 0, 100), Duration.ZERO)));
        }
        return checked("/canary/steps", () -> new Strategy.Canary(steps), new Strategy.Canary(USUAL_STEPS));
    }

    private Strategy blueGreen(DeploymentSpec.@Nullable BlueGreen given) {
        boolean automatic = given == null || given.automatic() == null || given.automatic();
        return new Strategy.BlueGreen(
                automatic, given == null ? USUAL_KEEP : time("/blueGreen/keep", given.keep(), USUAL_KEEP));
    }

    private Gates gates(DeploymentSpec.@Nullable Gates given) {
        if (given == null) {
            return Gates.none();
        }
        Duration p99 = given.maxP99() == null ? null : time("/gates/maxP99", given.maxP99(), Duration.ofSeconds(1));
        long minimum = given.minRequests() == null ? Gates.DEFAULT_MINIMUM_REQUESTS : given.minRequests();
        return checked("/gates", () -> new Gates(given.maxErrorPercent(), p99, minimum), Gates.none());
    }

    private Duration time(String pointer, @Nullable String text, Duration usual) {
        Duration time = value(pointer, text, DurationText::parse, usual);
        if (time.isNegative()
                || time.compareTo(RolloutPolicy.MAXIMUM_TIME) > 0
                || !time.equals(Duration.ofMillis(time.toMillis()))) {
            refuse.accept(
                    ROOT + pointer,
                    "A time of a rollout is given in whole milliseconds up to " + RolloutPolicy.MAXIMUM_TIME.toDays()
                            + " days, and this one is " + text + ".");
            return usual;
        }
        return time;
    }

    private <T> T value(String pointer, @Nullable String text, Function<String, T> reader, T usual) {
        return text == null ? usual : checked(pointer, () -> reader.apply(text), usual);
    }

    private <T> T checked(String pointer, java.util.function.Supplier<T> made, T otherwise) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            refuse.accept(ROOT + pointer, Objects.requireNonNullElse(e.getMessage(), "This is not understood."));
            return otherwise;
        }
    }

    static DeploymentSpec.Rollout view(RolloutPolicy policy) {
        Gates gates = policy.gates();
        DeploymentSpec.Rolling rolling = null;
        DeploymentSpec.Canary canary = null;
        DeploymentSpec.BlueGreen blueGreen = null;
        switch (policy.strategy()) {
            case Strategy.Rolling asked ->
                rolling = new DeploymentSpec.Rolling(
                        asked.maxSurge().toString(),
                        asked.maxUnavailable().toString(),
                        DurationText.write(asked.bakeTime()));
            case Strategy.Canary asked ->
                canary = new DeploymentSpec.Canary(asked.steps().stream()
                        .map(step -> new DeploymentSpec.CanaryStep(step.weight(), text(step.pause())))
                        .toList());
            case Strategy.BlueGreen asked ->
                blueGreen = new DeploymentSpec.BlueGreen(asked.automatic(), DurationText.write(asked.keep()));
        }
        return new DeploymentSpec.Rollout(
                policy.strategy().text(),
                rolling,
                canary,
                blueGreen,
                gates.any()
                        ? new DeploymentSpec.Gates(
                                gates.maximumErrorPercent(), text(gates.maximumP99()), gates.minimumRequests())
                        : null,
                DurationText.write(policy.deadline()));
    }

    /** By pointer, for comparing. */
    static SortedMap<String, String> flat(RolloutPolicy policy) {
        SortedMap<String, String> flat = new TreeMap<>();
        flat.put(ROOT + "/strategy", policy.strategy().text());
        flat.put(ROOT + "/deadline", DurationText.write(policy.deadline()));
        switch (policy.strategy()) {
            case Strategy.Rolling rolling -> {
                flat.put(ROOT + "/rolling/maxSurge", rolling.maxSurge().toString());
                flat.put(
                        ROOT + "/rolling/maxUnavailable",
                        rolling.maxUnavailable().toString());
                flat.put(ROOT + "/rolling/bakeTime", DurationText.write(rolling.bakeTime()));
            }
            case Strategy.Canary canary -> {
                for (int i = 0; i < canary.steps().size(); i++) {
                    Strategy.Step step = canary.steps().get(i);
                    flat.put(ROOT + "/canary/steps/" + i + "/weight", Integer.toString(step.weight()));
                    if (step.pause() != null) {
                        flat.put(ROOT + "/canary/steps/" + i + "/pause", DurationText.write(step.pause()));
                    }
                }
            }
            case Strategy.BlueGreen green -> {
                flat.put(ROOT + "/blueGreen/automatic", Boolean.toString(green.automatic()));
                flat.put(ROOT + "/blueGreen/keep", DurationText.write(green.keep()));
            }
        }
        Gates gates = policy.gates();
        if (gates.maximumErrorPercent() != null) {
            flat.put(
                    ROOT + "/gates/maxErrorPercent", gates.maximumErrorPercent().toString());
        }
        if (gates.maximumP99() != null) {
            flat.put(ROOT + "/gates/maxP99", DurationText.write(gates.maximumP99()));
        }
        if (gates.any()) {
            flat.put(ROOT + "/gates/minRequests", Long.toString(gates.minimumRequests()));
        }
        return flat;
    }

    static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.write(duration);
    }
}
