package dev.warpgrid.server.store;

import dev.warpgrid.control.rollout.Amount;
import dev.warpgrid.control.rollout.Gates;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rollout's policy as names and texts, the form it is stored in. Nothing at all is the usual policy. */
public final class StoredPolicy {
    private StoredPolicy() {}

    public static SortedMap<String, String> write(RolloutPolicy policy) {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("strategy", policy.strategy().text());
        texts.put("deadline", policy.deadline().toString());
        texts.put("minRequests", Long.toString(policy.gates().minimumRequests()));
        if (policy.gates().maximumErrorPercent() != null) {
            texts.put("maxErrorPercent", policy.gates().maximumErrorPercent().toString());
        }
        if (policy.gates().maximumP99() != null) {
            texts.put("maxP99", policy.gates().maximumP99().toString());
        }
        switch (policy.strategy()) {
            case Strategy.Rolling rolling -> {
                texts.put("maxSurge", rolling.maxSurge().toString());
                texts.put("maxUnavailable", rolling.maxUnavailable().toString());
                texts.put("bakeTime", rolling.bakeTime().toString());
            }
            case Strategy.Canary canary -> {
                List<String> steps = new ArrayList<>();
                canary.steps()
                        .forEach(step -> steps.add(step.weight() + (step.pause() == null ? "" : " " + step.pause())));
                texts.put("steps", String.join(",", steps));
            }
            case Strategy.BlueGreen green -> {
                texts.put("automatic", Boolean.toString(green.automatic()));
                texts.put("keep", green.keep().toString());
            }
        }
        return texts;
    }

    /** @throws IllegalArgumentException if the texts are none that {@link #write} wrote */
    public static RolloutPolicy read(Map<String, String> texts) {
        if (texts.isEmpty()) {
            return RolloutPolicy.usual();
        }
        Strategy strategy = switch (text(texts, "strategy")) {
            case "canary" -> new Strategy.Canary(steps(text(texts, "steps")));
            case "blue-green" ->
                new Strategy.BlueGreen(
                        Boolean.parseBoolean(text(texts, "automatic")), Duration.parse(text(texts, "keep")));
            case "rolling" ->
                new Strategy.Rolling(
                        Amount.parse(text(texts, "maxSurge")),
                        Amount.parse(text(texts, "maxUnavailable")),
                        Duration.parse(text(texts, "bakeTime")));
            case String other -> throw new IllegalArgumentException("\"" + other + "\" is no strategy of a rollout.");
        };
        String errors = texts.get("maxErrorPercent");
        String p99 = texts.get("maxP99");
        Gates gates = new Gates(
                errors == null ? null : Double.valueOf(errors),
                p99 == null ? null : Duration.parse(p99),
                Long.parseLong(text(texts, "minRequests")));
        return new RolloutPolicy(strategy, gates, Duration.parse(text(texts, "deadline")));
    }

    private static List<Strategy.Step> steps(String text) {
        List<Strategy.Step> steps = new ArrayList<>();
        for (String step : text.split(",", -1)) {
            int space = step.indexOf(' ');
            steps.add(
                    space < 0
                            ? new Strategy.Step(Integer.parseInt(step), null)
                            : new Strategy.Step(
                                    Integer.parseInt(step.substring(0, space)),
                                    Duration.parse(step.substring(space + 1))));
        }
        return steps;
    }

    private static String text(Map<String, String> texts, String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("A stored rollout policy lacks \"" + name + "\".");
        }
        return text;
    }
}
