package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.link.NodeIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What a port shows to a node that connects now. */
final class ShownCertificate {
    private static final Vertx LOADER = Vertx.vertx();

    private ShownCertificate() {}

    static X509Certificate at(int port, NodeIdentity as) {
        try {
            var key = new PemKeyCertOptions()
                    .addKeyValue(Buffer.buffer(as.keyPem()))
                    .addCertValue(Buffer.buffer(as.chainPem()));
            var trust = new PemTrustOptions().addCertValue(Buffer.buffer(as.caPem()));
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    key.getKeyManagerFactory(LOADER).getKeyManagers(),
                    trust.getTrustManagerFactory(LOADER).getTrustManagers(),
                    null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
