package dev.warpgrid.server.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** An agent's key and the certificate requests it makes. */
public record FakeAgentKeys(KeyPair pair) {
    public static FakeAgentKeys onCurve(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new FakeAgentKeys(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static FakeAgentKeys rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new FakeAgentKeys(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** DER, PKCS #10. */
    public byte[] request() {
        return requestSignedBy(this);
    }

    public byte[] requestSignedBy(FakeAgentKeys signer) {
        try {
            String algorithm =
                    signer.pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            return new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=whatever"), pair.getPublic())
                    .build(new JcaContentSignerBuilder(algorithm).build(signer.pair.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate that names {@code authority} as its issuer, signed by a key of somebody else's. PEM. */
    public String forgedChainPem(X509Certificate authority, String commonName) {
        try {
            var holder = new JcaX509v3CertificateBuilder(
                            authority,
                            BigInteger.TEN,
                            Date.from(Instant.now().minusSeconds(60)),
                            Date.from(Instant.now().plusSeconds(3600)),
                            new X500Principal("CN=" + commonName),
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(onCurve("secp256r1").pair.getPrivate()));
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(holder);
                writer.writeObject(authority);
            }
            return text.toString();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
