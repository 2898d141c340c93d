package dev.warpgrid.server.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The server's own key and certificate: one for HTTPS and for agents, kept in a PKCS #12 file that the container reads.
 *
 * @param chain the server's certificate, then the authority's
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    public static final String FILE = "https.p12";
    /** As the container's configuration has it. The file's mode protects the key, not this word. */
    static final char[] PASSWORD = "warpgrid".toCharArray();

    private static final String ALIAS = "warpgrid";
    /** What is left when a new one is made. */
    private static final Duration RENEW_BEFORE = CertificateAuthority.SERVER_VALIDITY.dividedBy(3);

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** Reads the file, or makes it anew where it is missing, not ours, about to end or made for other names. */
    public static ServerCertificate open(Path folder, CertificateAuthority authority, List<String> names, Instant now) {
        Optional<ServerCertificate> present = read(folder.resolve(FILE));
        return present.filter(found -> found.isFit(authority, names, now))
                .orElseGet(() -> make(folder, authority, names, now));
    }

    /** Writes it again, for example because somebody else has overwritten the file. */
    public void write(Path folder) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, PASSWORD, chain.toArray(Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, PASSWORD);
            PemFiles.write(folder.resolve(FILE), bytes.toByteArray(), PemFiles.SECRET);
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("The server's key store could not be made.", e);
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Whether the file holds exactly this certificate. */
    public boolean isIn(Path folder) {
        return read(folder.resolve(FILE))
                .filter(found -> found.certificate().equals(certificate()))
                .isPresent();
    }

    boolean isFit(CertificateAuthority authority, List<String> names, Instant now) {
        try {
            certificate().verify(authority.certificate().getPublicKey());
            return chain.contains(authority.certificate())
                    && now.isBefore(certificate().getNotAfter().toInstant().minus(RENEW_BEFORE))
                    && alternatives().equals(new TreeSet<>(names));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private TreeSet<String> alternatives() throws GeneralSecurityException {
        TreeSet<String> found = new TreeSet<>();
        Collection<List<?>> names = certificate().getSubjectAlternativeNames();
        if (names != null) {
            names.forEach(name -> found.add(normal(String.valueOf(name.get(1)))));
        }
        return found;
    }

    /** Java writes an IPv6 address in full. */
    static String normal(String name) {
        return name.equals("0:0:0:0:0:0:0:1") ? "::1" : name;
    }

    private static ServerCertificate make(
            Path folder, CertificateAuthority authority, List<String> names, Instant now) {
        KeyPair pair = CertificateAuthority.newKey();
        ServerCertificate made = new ServerCertificate(
                pair.getPrivate(),
                List.of(authority.issueServer(pair.getPublic(), names, now), authority.certificate()));
        made.write(folder);
        return made;
    }

    private static Optional<ServerCertificate> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, PASSWORD);
            Certificate[] chain = store.getCertificateChain(ALIAS);
            if (chain == null || !(store.getKey(ALIAS, PASSWORD) instanceof PrivateKey key)) {
                return Optional.empty();
            }
            return Optional.of(new ServerCertificate(
                    key,
                    List.of(chain).stream().map(X509Certificate.class::cast).toList()));
        } catch (GeneralSecurityException | IOException e) {
            // Half-written by somebody else, or another password: made anew.
            return Optional.empty();
        }
    }
}
