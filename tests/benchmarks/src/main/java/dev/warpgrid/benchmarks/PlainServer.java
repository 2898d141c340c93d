package dev.warpgrid.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;

/**
 * The reference for the ingress: a plain HTTP server of the same stack that answers every request with fixed bytes.
 *
 * <p>Arguments: port, number of event loops, length of the body in bytes.
 */
public final class PlainServer {
    private PlainServer() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int loops = Integer.parseInt(arguments[1]);
        Buffer body = Buffer.buffer("x".repeat(Integer.parseInt(arguments[2])));
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
        vertx.deployVerticle(() -> new Listener(port, body), new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> System.out.println("READY native=" + vertx.isNativeTransportEnabled()))
                .onFailure(failure -> {
                    System.err.println(
                            "The reference server could not listen on port " + port + ": " + failure.getMessage());
                    System.exit(1);
                });
    }

    private static final class Listener extends VerticleBase {
        private final int port;
        private final Buffer body;

        Listener(int port, Buffer body) {
            this.port = port;
            this.body = body;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(
                            new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                    .requestHandler(request -> request.response()
                            .putHeader("content-type", "text/plain")
                            .end(body))
                    .listen();
        }
    }
}
