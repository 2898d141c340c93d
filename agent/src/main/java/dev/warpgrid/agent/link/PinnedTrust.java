package dev.warpgrid.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose chain holds the CA with a known fingerprint and is valid up to it, its name included. For the first
 * contact only, when the agent has no CA certificate yet.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final String caFingerprint;

    PinnedTrust(String caFingerprint) {
        this.caFingerprint = caFingerprint;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        of(pinned(chain)).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        of(pinned(chain)).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        of(pinned(chain)).checkServerTrusted(chain, authType);
    }

    private X509Certificate pinned(X509Certificate[] chain) throws CertificateException {
        for (X509Certificate certificate : chain) {
            if (certificate.getBasicConstraints() >= 0
                    && fingerprint(certificate).equals(caFingerprint)) {
                return certificate;
            }
        }
        throw new CertificateException(
                "The server's certificate does not come from the CA that the join token names: check the address, or make a new token.");
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("A certificate's fingerprint cannot be computed.", e);
        }
    }

    private static X509ExtendedTrustManager of(X509Certificate ca) throws CertificateException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("ca", ca);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("This JDK has no X.509 trust manager.");
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("The CA certificate cannot be used.", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("An agent takes no clients here.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
