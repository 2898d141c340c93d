package dev.warpgrid.server.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Looks at the certificate a port of this machine presents. Sends nothing over the connection. */
final class TlsProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private TlsProbe() {}

    static boolean presents(int port, X509Certificate wanted) {
        Seen seen = new Seen();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {seen}, null);
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
                plain.setSoTimeout((int) TIMEOUT.toMillis());
                try (SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true)) {
                    socket.startHandshake();
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
        return wanted.equals(seen.certificate.get());
    }

    /** Remembers the certificate and judges nothing: it is compared afterwards, and no data is sent. */
    private static final class Seen implements X509TrustManager {
        private final AtomicReference<@Nullable Certificate> certificate = new AtomicReference<>();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("This side is the client.");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            certificate.set(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
