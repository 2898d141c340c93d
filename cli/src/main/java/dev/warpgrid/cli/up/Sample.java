package dev.warpgrid.cli.up;

import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.Metadata;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.client.WasmFile;
import dev.warpgrid.cli.local.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The deployment that a new grid shows itself with. */
final class Sample {
    static final String NAMESPACE = "default";
    static final String NAME = "hello";
    private static final int INSTANCES = 2;
    private static final Duration READY = Duration.ofSeconds(90);
    private static final long ANSWER_MILLIS = 15_000;
    private static final int TIMEOUT_MILLIS = 5_000;

    private Sample() {}

    /** Deploys it unless something of its name is there. */
    static Deployment deploy(GridClient client, Path component) throws InterruptedException {
        Deployer deployer = new Deployer(client);
        Optional<Deployment> present = deployer.find(NAMESPACE, NAME);
        long generation = 0;
        if (present.isEmpty()) {
            WasmFile file = WasmFile.open(component);
            deployer.upload(NAMESPACE, file, line -> {});
            ApplyResult applied = deployer.apply(
                    new Deployment(
                            Metadata.named(NAMESPACE, NAME),
                            new DeploymentSpec(
                                    file.digest().value(), null, new DeploymentSpec.Instances(INSTANCES), null, null),
                            null),
                    null,
                    false);
            Long applyGeneration = applied.deployment().metadata().generation();
            generation = applyGeneration == null ? 0 : applyGeneration;
        }
        return deployer.awaitReady(NAMESPACE, NAME, generation, READY, line -> {});
    }

    /** @return an address of it that answers through the ingress; empty when it is not deployed */
    static Optional<String> answeringUrl(GridClient client) throws InterruptedException {
        List<String> urls = new Deployer(client)
                .find(NAMESPACE, NAME)
                .map(Deployment::status)
                .map(DeploymentStatus::urls)
                .orElse(List.of());
        for (String url : urls) {
            if (Waiting.until(ANSWER_MILLIS, () -> answers(URI.create(url)))) {
                return Optional.of(url);
            }
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "The sample is ready, but " + url + " does not answer: see warp logs " + NAME + " and warp nodes.");
        }
        return Optional.empty();
    }

    /** Asks on loopback by the URL's host name, which the machine need not be able to resolve. */
    static boolean answers(URI url) {
        try (Socket socket = new Socket()) {
            int port = url.getPort() < 0 ? 80 : url.getPort();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + port
                                    + "\r\nUser-Agent: warp\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return success(socket.getInputStream());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean success(InputStream in) throws IOException {
        String head = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
        return head.startsWith("HTTP/1.1 2");
    }
}
