package dev.warpgrid.agent.link;

import dev.warpgrid.agent.journal.DurableFile;
import dev.warpgrid.model.NodeId;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who this node is: its key, its certificate and the CA it trusts. Kept in one file of mode 0600 for each of the two, so
 * that key and certificate change together.
 *
 * @param keyPem PKCS #8
 * @param chainPem the node's certificate first
 */
public record NodeIdentity(String keyPem, String chainPem, String caPem, X509Certificate certificate) {
    private static final String NODE_FILE = "node.pem";
    private static final String CA_FILE = "ca.pem";
    private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    /** @throws IllegalArgumentException if the chain holds no certificate */
    static NodeIdentity of(String keyPem, String chainPem, String caPem) {
        return new NodeIdentity(keyPem, chainPem, caPem, first(chainPem));
    }

    /** Empty where this home has not joined a grid yet. */
    public static Optional<NodeIdentity> load(Path folder) throws IOException {
        Path node = folder.resolve(NODE_FILE);
        Path ca = folder.resolve(CA_FILE);
        if (!Files.exists(node) || !Files.exists(ca)) {
            return Optional.empty();
        }
        String text = Files.readString(node);
        int chain = text.indexOf(BEGIN_CERTIFICATE);
        if (chain < 0) {
            throw new IOException("The file " + node + " holds no certificate: delete " + folder + " and join again.");
        }
        return Optional.of(of(text.substring(0, chain), text.substring(chain), Files.readString(ca)));
    }

    void save(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        DurableFile.replace(folder.resolve(CA_FILE), caPem.getBytes(StandardCharsets.UTF_8));
        DurableFile.replace(folder.resolve(NODE_FILE), (keyPem + chainPem).getBytes(StandardCharsets.UTF_8));
    }

    /** The certificate's common name. */
    public NodeId node() {
        return nodeOf(certificate)
                .orElseThrow(() -> new IllegalArgumentException("The node's certificate names no node: join again."));
    }

    /** The node that a certificate of the grid is for; empty where its common name is none. */
    public static Optional<NodeId> nodeOf(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return Optional.of(new NodeId(part.getValue().toString()));
                }
            }
            return Optional.empty();
        } catch (InvalidNameException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether other nodes recognise this one by its certificate; those of earlier servers lack the name. */
    boolean hasMeshName() {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream().anyMatch(name -> node().meshName().equals(name.get(1)));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** When two thirds of the certificate's life are over. */
    Instant renewAt() {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    ChannelCredentials credentials() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .keyManager(stream(chainPem), stream(keyPem))
                .trustManager(stream(caPem))
                .build();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static X509Certificate first(String chainPem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream(chainPem));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The node's certificate cannot be read: join again.", e);
        }
    }

    /** Keys are secrets. */
    @Override
    public String toString() {
        return "NodeIdentity[" + certificate.getSubjectX500Principal() + "]";
    }
}
