package dev.warpgrid.ui.deployment;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.api.RolloutService;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.ui.live.Live;
import dev.warpgrid.ui.part.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** How a deployment's revisions take over from each other: is the new one better, and what can I do? */
final class RolloutPresenter {
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final Duration REVISIONS_PERIOD = Duration.ofSeconds(3);
    static final int REVISIONS_SHOWN = 50;

    private final RolloutService rollouts;
    private final Supplier<Caller> user;
    private final Live live;
    private final Screen screen;
    private final List<Subscription> running = new ArrayList<>();
    private String namespace = "";
    private String name = "";

    /** What the presenter shows on. */
    interface Screen {
        /** Empty where there is none, or the newest took over and nothing is left to say. */
        void rollout(Optional<RolloutView> rollout);

        void revisions(List<RevisionView> newestFirst);

        void done(String sentence);

        void problem(String sentence);
    }

    RolloutPresenter(RolloutService rollouts, Supplier<Caller> user, Live live, Screen screen) {
        this.rollouts = rollouts;
        this.user = user;
        this.live = live;
        this.screen = screen;
    }

    void open(String inNamespace, String named) {
        close();
        namespace = inNamespace;
        name = named;
        Caller caller = user.get();
        running.add(live.every(
                PERIOD,
                () -> found(() -> rollouts.rollout(caller, namespace, name)),
                found -> screen.rollout(found.filter(RolloutPresenter::isWorthShowing))));
        running.add(live.every(
                REVISIONS_PERIOD,
                () -> found(() -> rollouts.revisions(caller, namespace, name, null, REVISIONS_SHOWN)),
                found -> screen.revisions(found.map(page -> page.items()).orElse(List.of()))));
    }

    /** The deployment may be gone by now, or too new to have a rollout. */
    private static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (ApiException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A first revision that starts is the deployment's own state, and one that took over is history. */
    private static boolean isWorthShowing(RolloutView rollout) {
        return rollout.baseline() != null && rollout.phase() != RolloutView.Phase.COMPLETED;
    }

    /** Why the caller may not; empty where it may. */
    Optional<String> refusal() {
        return user.get().may(Permission.DEPLOYMENT_WRITE, namespace)
                ? Optional.empty()
                : Optional.of("This needs the permission " + Permission.DEPLOYMENT_WRITE.text()
                        + ", which your roles do not hold: ask an administrator.");
    }

    static String preview(RolloutView rollout, RolloutView.Action action) {
        RolloutView.Side baseline = rollout.baseline();
        String former = baseline == null ? "the former revision" : "revision " + baseline.revision();
        String target = "revision " + rollout.target().revision();
        return switch (action) {
            case ABORT ->
                "Gives " + target + " up: " + former + " gets all requests again and "
                        + Words.plural(rollout.target().instances(), "instance") + " of " + target + " "
                        + (rollout.target().instances() == 1 ? "ends" : "end") + " after the last request.";
            case PROMOTE ->
                switch (rollout.phase()) {
                    case PREPARING -> "Sends all requests to " + target + "; " + former + " is kept.";
                    case SWITCHED -> "Ends " + former + "; it can no longer be switched back to at once.";
                    case CANARY -> "Goes on to the next step without waiting for the present one.";
                    default -> "Goes on with the next batch without waiting.";
                };
            case PAUSE -> "Lets the rollout stay where it is until it is resumed.";
            case RESUME -> "Lets the rollout go on.";
            case RETRY -> "Tries " + target + " again from the beginning.";
        };
    }

    void act(RolloutView.Action action) {
        Caller caller = user.get();
        attempt(() -> {
            RolloutView after = switch (action) {
                case PAUSE -> rollouts.pause(caller, namespace, name);
                case RESUME -> rollouts.resume(caller, namespace, name);
                case PROMOTE -> rollouts.promote(caller, namespace, name, false);
                case ABORT -> rollouts.abort(caller, namespace, name);
                case RETRY -> rollouts.retry(caller, namespace, name);
            };
            screen.rollout(Optional.of(after));
            screen.done(
                    switch (action) {
                        case PAUSE -> "The rollout is paused.";
                        case RESUME -> "The rollout goes on.";
                        case PROMOTE -> "The rollout goes on without waiting.";
                        case ABORT -> "The former revision is getting all requests again.";
                        case RETRY -> "The revision is tried again.";
                    });
        });
    }

    static String rollbackPreview(RevisionView revision) {
        return "Makes a new revision that asks for what revision " + revision.number()
                + " asked for: code, configuration, limits and routes. The number of instances stays as it is, and the"
                + " address keeps answering.";
    }

    void rollback(int revision) {
        attempt(() -> {
            ApplyResult result = rollouts.rollback(user.get(), namespace, name, revision);
            screen.done(name + " goes back to revision " + revision + ", which changes "
                    + Words.plural(result.changes().size(), "field") + ".");
        });
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (ApiException e) {
            screen.problem(Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }

    void close() {
        running.forEach(Subscription::close);
        running.clear();
    }
}
