package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollout",
        description = "Shows how a deployment's newest revision takes over, and steers it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RolloutCommand.Status.class,
            RolloutCommand.Pause.class,
            RolloutCommand.Resume.class,
            RolloutCommand.Promote.class,
            RolloutCommand.Abort.class,
            RolloutCommand.Retry.class,
            RolloutCommand.History.class
        })
final class RolloutCommand extends GridCommand {
    private static final long POLL_MILLIS = 500;

    @Override
    public Integer call() {
        throw new Failure(
                ExitCode.USAGE,
                "Say what to do with the rollout: status, pause, resume, promote, abort, retry, history.");
    }

    /** One deployment's rollout. */
    abstract static class OfOne extends NamespacedCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
        private String name = "";

        String name() {
            return name;
        }

        String path() {
            return Deployer.deploymentPath(namespace(), name) + "/rollout";
        }

        /** Posts and shows what became of it. */
        int ask(String action) {
            return show(client().call("POST", path() + action, null, Map.of()));
        }

        int show(JsonElement answer) {
            if (json()) {
                answerJson(answer);
            } else {
                print(GridClient.decode(answer, RolloutView.class));
            }
            return done();
        }

        private void print(RolloutView rollout) {
            line(
                    "Rollout",
                    rollout.number() + " of " + rollout.namespace() + "/" + rollout.deployment() + " ("
                            + rollout.strategy() + ")");
            line("Phase", words(rollout.phase()) + (rollout.paused() ? ", paused" : ""));
            line("", Table.printable(rollout.sentence()));
            if (!rollout.steps().isEmpty()) {
                line(
                        "Steps",
                        String.join(
                                "  ", rollout.steps().stream().map(OfOne::step).toList()));
            }
            Instant now = console().clock().instant();
            Instant ended = rollout.endedAt();
            line(
                    "Started",
                    Human.age(rollout.startedAt(), now) + " ago"
                            + (ended == null ? "" : ", ended " + Human.age(ended, now) + " ago"));
            for (RolloutView.Gate gate : rollout.gates()) {
                line(
                        "Gate",
                        gate.name() + " " + gate.limit() + ": " + gate.measured() + ", "
                                + gate.state().name().toLowerCase(Locale.ROOT));
            }
            console().answer("");
            Table table = new Table("REVISION", "ROLE", "READY", "WEIGHT", "REQ/S", "ERRORS", "P99 MS");
            side(table, "new", rollout.target());
            RolloutView.Side baseline = rollout.baseline();
            if (baseline != null) {
                side(table, "former", baseline);
            }
            table.print(console());
            if (!rollout.actions().isEmpty()) {
                console()
                        .note("It can be asked to "
                                + String.join(
                                        ", ",
                                        rollout.actions().stream()
                                                .map(action -> action.name().toLowerCase(Locale.ROOT))
                                                .toList())
                                + ": warp rollout COMMAND " + rollout.deployment() + ".");
            }
        }

        private static String step(RolloutView.Step step) {
            String text = step.weight() + " %" + (step.pause() == null ? " until promoted" : " " + step.pause());
            return switch (step.state()) {
                case PASSED -> "[x] " + text;
                case PRESENT -> "[>] " + text;
                case TO_COME -> "[ ] " + text;
            };
        }

        private static void side(Table table, String role, RolloutView.Side side) {
            table.cell(Integer.toString(side.revision()))
                    .cell(role)
                    .cell(side.readyInstances() + "/" + side.instances())
                    .cell(figure(side.weightPercent()) + " %")
                    .cell(figure(side.requestsPerSecond()))
                    .cell(figure(side.errorPercent()) + " %")
                    .cell(figure(side.p99Millis()));
        }

        private static String figure(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }

        private void line(String label, String value) {
            console().answer(console().palette().quiet(label + " ".repeat(Math.max(0, 11 - label.length()))) + value);
        }
    }

    static String words(RolloutView.Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Command(name = "status", description = "Shows the newest rollout: steps, weights, gates and both revisions.")
    static final class Status extends OfOne {
        @Option(names = "--wait", description = "Wait until it has ended; ends with 7 if the revision was given up.")
        private boolean untilEnded;

        @Option(names = "--wait-timeout", paramLabel = "TIME", description = "How long to wait; 10m by default.")
        private String waitTimeout = "10m";

        @Override
        public Integer call() throws InterruptedException {
            Duration patience = Durations.parse("--wait-timeout", waitTimeout);
            JsonElement answer = client().get(path());
            long deadline = System.nanoTime() + patience.toNanos();
            while (untilEnded && isUnderWay(answer)) {
                if (System.nanoTime() - deadline >= 0) {
                    show(answer);
                    throw new Failure(
                            ExitCode.NOT_READY,
                            "The rollout of " + name() + " has not ended after " + Human.elapsed(patience) + ".");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                answer = client().get(path());
            }
            show(answer);
            RolloutView rollout = GridClient.decode(answer, RolloutView.class);
            if (untilEnded && rollout.phase() != RolloutView.Phase.COMPLETED) {
                throw new Failure(ExitCode.NOT_READY, rollout.sentence());
            }
            return done();
        }

        private static boolean isUnderWay(JsonElement answer) {
            return GridClient.decode(answer, RolloutView.class).endedAt() == null;
        }
    }

    @Command(
            name = "pause",
            description = "Lets it stay where it is; a revision that fails is rolled back nevertheless.")
    static final class Pause extends OfOne {
        @Override
        public Integer call() {
            return ask("/pause");
        }
    }

    @Command(name = "resume", description = "Lets a paused rollout go on.")
    static final class Resume extends OfOne {
        @Override
        public Integer call() {
            return ask("/resume");
        }
    }

    @Command(name = "promote", description = "Goes on without waiting: the next step, the switch, the next batch.")
    static final class Promote extends OfOne {
        @Option(names = "--wholly", description = "Passes over all steps that are left.")
        private boolean wholly;

        @Override
        public Integer call() {
            return ask("/promote" + (wholly ? "?wholly=true" : ""));
        }
    }

    @Command(name = "abort", description = "Gives the new revision up; the former one serves again.")
    static final class Abort extends OfOne {
        @Override
        public Integer call() {
            return ask("/abort");
        }
    }

    @Command(name = "retry", description = "Tries a revision again that was given up.")
    static final class Retry extends OfOne {
        @Override
        public Integer call() {
            return ask("/retry");
        }
    }

    @Command(name = "history", description = "Lists the last rollouts, the newest first.")
    static final class History extends OfOne {
        @Override
        public Integer call() {
            JsonElement answer = client().get(path() + "s");
            if (json()) {
                answerJson(answer);
                return done();
            }
            Instant now = console().clock().instant();
            Table table = new Table("ROLLOUT", "REVISION", "FROM", "STRATEGY", "PHASE", "AGE", "WHAT");
            List<RolloutView> rollouts = GridClient.items(answer).asList().stream()
                    .map(element -> GridClient.decode(element, RolloutView.class))
                    .toList();
            for (RolloutView rollout : rollouts) {
                RolloutView.Side baseline = rollout.baseline();
                table.cell(Long.toString(rollout.number()))
                        .cell(Integer.toString(rollout.target().revision()))
                        .cell(baseline == null ? "-" : Integer.toString(baseline.revision()))
                        .cell(rollout.strategy())
                        .cell(words(rollout.phase()))
                        .cell(Human.age(rollout.startedAt(), now))
                        .cell(rollout.sentence());
            }
            table.print(console());
            return done();
        }
    }
}
