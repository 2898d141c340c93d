package dev.warpgrid.cli.client;

import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.RolloutView;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Human;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings a component to a grid: upload, apply, wait. */
public final class Deployer {
    private static final long POLL_MILLIS = 250;

    private final GridClient client;

    public Deployer(GridClient client) {
        this.client = client;
    }

    /** Sends the bytes unless the namespace has them already. */
    public ArtifactView upload(String namespace, WasmFile file, Consumer<String> progress) {
        try {
            ArtifactView known = client.get(
                    GridClient.path(
                            "/namespaces/{}/artifacts/{}",
                            namespace,
                            file.digest().value()),
                    ArtifactView.class);
            progress.accept("The grid has " + short12(file) + " already.");
            return known;
        } catch (Failure e) {
            if (e.exitCode() != ExitCode.NOT_FOUND) {
                throw e;
            }
        }
        progress.accept("Uploading " + file.path().getFileName() + " (" + Human.bytes(file.sizeBytes()) + ") ...");
        return GridClient.decode(
                client.upload(GridClient.path("/namespaces/{}/artifacts", namespace), file.path(), "application/wasm"),
                ArtifactView.class);
    }

    /** @return empty where there is none of this name, or no such namespace */
    public Optional<Deployment> find(String namespace, String name) {
        try {
            return Optional.of(client.get(deploymentPath(namespace, name), Deployment.class));
        } catch (Failure e) {
            if (e.exitCode() == ExitCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param seen what the change was made from: somebody else's change since then is refused; null creates only */
    public ApplyResult apply(Deployment deployment, @Nullable Deployment seen, boolean dryRun) {
        String namespace = namespaceOf(deployment);
        String version = seen == null ? null : seen.metadata().resourceVersion();
        Map<String, String> headers = version != null
                ? Map.of("If-Match", "\"" + version + "\"")
                : seen == null ? Map.of("If-None-Match", "*") : Map.of();
        String path = deploymentPath(namespace, deployment.metadata().name()) + (dryRun ? "?dryRun=true" : "");
        return GridClient.decode(client.call("PUT", path, deployment, headers), ApplyResult.class);
    }

    /**
     * Waits until every instance of what was applied answers.
     *
     * @param generation the one that was applied
     * @param progress hears each new sentence of the status once
     * @throws Failure {@link ExitCode#NOT_READY} with the last status when time is over
     */
    public Deployment awaitReady(
            String namespace, String name, long generation, Duration timeout, Consumer<String> progress)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        String told = "";
        while (true) {
            Deployment deployment = client.get(deploymentPath(namespace, name), Deployment.class);
            DeploymentStatus status = deployment.status();
            if (status != null && ready(deployment, status, generation)) {
                return deployment;
            }
            if (status != null && tellsOfARollout(status)) {
                Optional<RolloutView> rollout = rollout(namespace, name);
                if (rollout.filter(Deployer::isGivenUp).isPresent()) {
                    throw new Failure(
                            ExitCode.NOT_READY,
                            "Deployment " + name + " is applied and was rolled back. " + status.sentence());
                }
                if (rollout.filter(Deployer::goesByStages).isPresent()) {
                    progress.accept(status.sentence());
                    progress.accept("The new revision answers. See how it goes on with warp rollout status " + name
                            + " --wait.");
                    return deployment;
                }
            }
            String sentence = status == null ? "No status is known yet." : status.sentence();
            if (!sentence.equals(told)) {
                progress.accept(sentence);
                told = sentence;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new Failure(
                        ExitCode.NOT_READY,
                        "Deployment " + name + " is applied and not ready after " + Human.elapsed(timeout) + ": "
                                + sentence + " See warp show " + name + " and warp logs " + name + ".");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean tellsOfARollout(DeploymentStatus status) {
        return status.conditions().stream()
                .anyMatch(condition -> condition.type().equals("UpToDate") && !condition.state());
    }

    /** The newest revision was rolled back, so that waiting is of no use. */
    private static boolean isGivenUp(RolloutView rollout) {
        return rollout.phase() == RolloutView.Phase.ROLLED_BACK && !rollout.actions().isEmpty();
    }

    /** Its instances answer, and the rest takes as long as it was told to take, or waits for somebody. */
    private static boolean goesByStages(RolloutView rollout) {
        return switch (rollout.phase()) {
            case CANARY, PREPARING, SWITCHED ->
                rollout.target().instances() > 0
                        && rollout.target().readyInstances() == rollout.target().instances();
            case ROLLING, FINISHING, ROLLING_BACK, COMPLETED, ROLLED_BACK, SUPERSEDED -> false;
        };
    }

    private Optional<RolloutView> rollout(String namespace, String name) {
        try {
            return Optional.of(client.get(deploymentPath(namespace, name) + "/rollout", RolloutView.class));
        } catch (Failure e) {
            if (e.exitCode() == ExitCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean ready(Deployment deployment, DeploymentStatus status, long generation) {
        Long seen = deployment.metadata().generation();
        return (seen == null || seen >= generation)
                && status.state() == DeploymentStatus.State.READY
                && status.readyInstances() >= status.desiredInstances();
    }

    public static String deploymentPath(String namespace, String name) {
        return GridClient.path("/namespaces/{}/deployments/{}", namespace, name);
    }

    public static String namespaceOf(Deployment deployment) {
        String namespace = deployment.metadata().namespace();
        return namespace == null ? "default" : namespace;
    }

    private static String short12(WasmFile file) {
        return file.digest().value().substring(0, "sha256:".length() + 12);
    }
}
