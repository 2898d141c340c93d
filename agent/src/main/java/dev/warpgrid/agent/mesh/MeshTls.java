package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.link.NodeIdentity;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;

/** What both ends of a connection between nodes show and demand: a certificate of the grid's CA. */
final class MeshTls {
    static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

    private MeshTls() {}

    static ServerSSLOptions server(NodeIdentity identity) {
        var options = new ServerSSLOptions();
        options.setKeyCertOptions(key(identity));
        options.setTrustOptions(trust(identity));
        options.setClientAuth(ClientAuth.REQUIRED);
        options.setUseAlpn(true);
        options.setEnabledSecureTransportProtocols(PROTOCOLS);
        return options;
    }

    /** The name in the other's certificate is verified as that of an HTTPS server is. */
    static ClientSSLOptions client(NodeIdentity identity) {
        var options = new ClientSSLOptions();
        options.setKeyCertOptions(key(identity));
        options.setTrustOptions(trust(identity));
        options.setHostnameVerificationAlgorithm("HTTPS");
        options.setUseAlpn(true);
        options.setEnabledSecureTransportProtocols(PROTOCOLS);
        return options;
    }

    private static PemKeyCertOptions key(NodeIdentity identity) {
        return new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(identity.keyPem()))
                .addCertValue(Buffer.buffer(identity.chainPem()));
    }

    private static PemTrustOptions trust(NodeIdentity identity) {
        return new PemTrustOptions().addCertValue(Buffer.buffer(identity.caPem()));
    }
}
