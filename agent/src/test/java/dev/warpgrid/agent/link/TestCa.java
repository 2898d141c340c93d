package dev.warpgrid.agent.link;

import dev.warpgrid.model.NodeId;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A CA as a server has one. */
public final class TestCa {
    private final AtomicLong serial = new AtomicLong(1);
    private final KeyPair key;
    final X509Certificate certificate;

    public TestCa() throws Exception {
        key = keyPair();
        var builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=Test CA"),
                BigInteger.valueOf(serial.getAndIncrement()),
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plus(Duration.ofDays(1))),
                new X500Principal("CN=Test CA"),
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        certificate = convert(builder);
    }

    static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate convert(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    X509Certificate issue(String commonName, PublicKey subject, Instant from, Instant until) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                certificate,
                BigInteger.valueOf(serial.getAndIncrement()),
                Date.from(from),
                Date.from(until),
                new X500Principal("CN=" + commonName),
                subject);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, new NodeId(commonName).meshName())
        }));
        return convert(builder);
    }

    /** Signs a request under a name of the CA's choice. */
    X509Certificate sign(byte[] request, String commonName, Instant from, Instant until) throws Exception {
        return issue(commonName, new JcaPKCS10CertificationRequest(request).getPublicKey(), from, until);
    }

    /** A node that has joined. */
    public NodeIdentity identity(String node) throws Exception {
        NodeKey made = NodeKey.generate();
        X509Certificate issued = sign(
                made.certificateRequest(node),
                node,
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(3600));
        return NodeIdentity.of(made.pem(), pem(issued, certificate), pem(certificate));
    }

    String fingerprint() throws Exception {
        return PinnedTrust.fingerprint(certificate);
    }

    static String pem(Object... objects) throws IOException {
        var text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object instanceof PrivateKey secret ? new JcaPKCS8Generator(secret, null) : object);
            }
        }
        return text.toString();
    }
}
