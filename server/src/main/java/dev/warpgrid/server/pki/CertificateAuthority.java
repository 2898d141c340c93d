package dev.warpgrid.server.pki;

import dev.warpgrid.model.NodeId;
import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The grid's own certificate authority (EC P-256, RFC 5280), made at the first start and kept for ten years. */
public final class CertificateAuthority {
    public static final String CERTIFICATE_FILE = "ca.pem";
    static final String KEY_FILE = "ca-key.pem";
    static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    public static final Duration SERVER_VALIDITY = Duration.ofDays(90);
    public static final Duration NODE_VALIDITY = Duration.ofDays(30);
    /** Clocks of two machines may differ by so much. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 127;
    private static final String SIGNATURE = "SHA256withECDSA";

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final SecureRandom random = new SecureRandom();

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Reads the authority of {@code folder}, or makes it where there is none.
     *
     * @throws PkiException if one of its two files is missing or broken: restore both, or remove both to begin anew
     */
    public static CertificateAuthority open(Path folder, Instant now) {
        Path certificateFile = folder.resolve(CERTIFICATE_FILE);
        Path keyFile = folder.resolve(KEY_FILE);
        boolean hasCertificate = Files.exists(certificateFile);
        boolean hasKey = Files.exists(keyFile);
        if (hasCertificate && hasKey) {
            return read(certificateFile, keyFile);
        }
        if (hasKey != hasCertificate) {
            throw new PkiException("Of the grid's authority only " + (hasKey ? keyFile : certificateFile)
                    + " is there: restore the other file, or remove this one to begin anew (every node joins again).");
        }
        PemFiles.createFolder(folder);
        CertificateAuthority made = make(now);
        PemFiles.write(keyFile, PemFiles.keyToPem(made.key).getBytes(StandardCharsets.US_ASCII), PemFiles.SECRET);
        PemFiles.write(certificateFile, made.pem().getBytes(StandardCharsets.US_ASCII), PemFiles.PUBLIC);
        return made;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return PemFiles.toPem(certificate);
    }

    /** SHA-256 of the certificate's DER, hexadecimal, as join tokens carry it. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new PkiException("The authority's certificate has no encoding.", e);
        }
    }

    /**
     * A certificate for HTTPS and for agents to meet.
     *
     * @param names DNS names and addresses
     */
    public X509Certificate issueServer(PublicKey subject, List<String> names, Instant now) {
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return issue(
                subject,
                "WarpGrid server",
                SERVER_VALIDITY,
                now,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth),
                alternatives);
    }

    /** A certificate whose common name is the node, for the server and for other nodes; see {@link NodeId#meshName}. */
    public X509Certificate issueNode(PublicKey subject, NodeId node, Instant now) {
        return issue(
                subject,
                node.value(),
                NODE_VALIDITY,
                now,
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}),
                new GeneralName(GeneralName.dNSName, node.meshName()));
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new PkiException("This Java has no EC keys on P-256: use a complete JDK.", e);
        }
    }

    private static CertificateAuthority make(Instant now) {
        try {
            KeyPair pair = newKey();
            SecureRandom random = new SecureRandom();
            // A name of its own for each grid, so that nobody builds a chain to another grid's authority.
            var name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.O, "WarpGrid")
                    .addRDN(BCStyle.CN, "WarpGrid CA " + HexFormat.of().toHexDigits(random.nextInt()))
                    .build();
            var extensions = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, random),
                            Date.from(now.minus(CLOCK_SKEW)),
                            Date.from(now.plus(AUTHORITY_VALIDITY)),
                            name,
                            pair.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(pair.getPublic()));
            return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("The grid's authority could not be made.", e);
        }
    }

    private X509Certificate issue(
            PublicKey subject,
            String commonName,
            Duration validity,
            Instant now,
            ExtendedKeyUsage purposes,
            GeneralName... alternatives) {
        try {
            var extensions = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                            certificate,
                            new BigInteger(SERIAL_BITS, random),
                            Date.from(now.minus(CLOCK_SKEW)),
                            Date.from(now.plus(validity)),
                            new X500Principal("CN=" + commonName),
                            subject)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, purposes)
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(certificate))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subject));
            return sign(builder, key);
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("The certificate for " + commonName + " could not be made.", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static CertificateAuthority read(Path certificateFile, Path keyFile) {
        try (Reader reader = Files.newBufferedReader(keyFile);
                PEMParser parser = new PEMParser(reader);
                var stream = Files.newInputStream(certificateFile)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
            if (!(parser.readObject() instanceof PrivateKeyInfo info)) {
                throw new PkiException(keyFile + " holds no key (PKCS #8, PEM): restore it from a backup.");
            }
            PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(info);
            if (!belongTogether(key, certificate)) {
                throw new PkiException(
                        keyFile + " is not the key of " + certificateFile + ": restore both from the same backup.");
            }
            return new CertificateAuthority(certificate, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException(
                    "The grid's authority in " + certificateFile.getParent()
                            + " cannot be read: restore it from a backup (" + e.getMessage() + ").",
                    e);
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] probe = certificate.getEncoded();
        Signature signing = Signature.getInstance(SIGNATURE);
        signing.initSign(key);
        signing.update(probe);
        Signature verifying = Signature.getInstance(SIGNATURE);
        // The key and not the certificate, which is for signing certificates only.
        verifying.initVerify(certificate.getPublicKey());
        verifying.update(probe);
        return verifying.verify(signing.sign());
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
