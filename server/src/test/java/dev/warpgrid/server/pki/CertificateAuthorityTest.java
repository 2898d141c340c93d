package dev.warpgrid.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.testing.FakeAgentKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1", "grid.example");

    @TempDir
    Path folder;

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    @Test
    void isMadeOnceAndReadBack() throws Exception {
        CertificateAuthority made = CertificateAuthority.open(folder, NOW);
        CertificateAuthority read = CertificateAuthority.open(folder, NOW.plusSeconds(1));
        assertThat(read.certificate()).isEqualTo(made.certificate());
        assertThat(read.fingerprint()).isEqualTo(made.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(mode("ca.pem")).isEqualTo("rw-r--r--");
        assertThat(mode("ca-key.pem")).isEqualTo("rw-------");
        assertThat(((ECPublicKey) made.certificate().getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        assertThat(made.certificate().getBasicConstraints()).isZero();
    }

    @Test
    void refusesToMakeAnewWhatIsHalfThere() throws Exception {
        CertificateAuthority.open(folder, NOW);
        Files.delete(folder.resolve("ca-key.pem"));
        assertThatThrownBy(() -> CertificateAuthority.open(folder, NOW)).hasMessageContaining("restore the other file");
    }

    @Test
    void refusesAKeyOfAnotherAuthority(@TempDir Path other) throws Exception {
        CertificateAuthority.open(folder, NOW);
        CertificateAuthority.open(other, NOW);
        Files.copy(
                other.resolve("ca-key.pem"),
                folder.resolve("ca-key.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> CertificateAuthority.open(folder, NOW)).hasMessageContaining("is not the key of");
    }

    @Test
    void issuesNodeCertificatesForThirtyDays() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, NOW);
        X509Certificate node = authority.issueNode(CertificateAuthority.newKey().getPublic(), new NodeId("n1"), NOW);
        node.verify(authority.certificate().getPublicKey());
        assertThat(node.getSubjectX500Principal().getName()).isEqualTo("CN=n1");
        assertThat(node.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(node.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1");
        assertThat(node.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void aNodeThatIsCalledAsAServersHostDoesNotPassForIt() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, NOW);
        X509Certificate node =
                authority.issueNode(CertificateAuthority.newKey().getPublic(), new NodeId("localhost"), NOW);
        assertThat(node.getSubjectAlternativeNames())
                .singleElement()
                .satisfies(name -> assertThat(name.get(1)).isEqualTo("localhost.node.warpgrid.internal"));
    }

    @Test
    void keepsTheServerCertificateUntilAThirdOfItsLifeIsLeft() {
        CertificateAuthority authority = CertificateAuthority.open(folder, NOW);
        ServerCertificate first = ServerCertificate.open(folder, authority, NAMES, NOW);
        Instant before = NOW.plus(Duration.ofDays(59));
        Instant after = NOW.plus(Duration.ofDays(61));
        assertThat(ServerCertificate.open(folder, authority, NAMES, before)).isEqualTo(first);
        ServerCertificate renewed = ServerCertificate.open(folder, authority, NAMES, after);
        assertThat(renewed.certificate()).isNotEqualTo(first.certificate());
        assertThat(renewed.certificate().getNotAfter().toInstant()).isEqualTo(after.plus(Duration.ofDays(90)));
        assertThat(renewed.chain()).containsExactly(renewed.certificate(), authority.certificate());
    }

    @Test
    void makesTheServerCertificateAnewForOtherNamesOrAStrangeFile() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, NOW);
        ServerCertificate first = ServerCertificate.open(folder, authority, NAMES, NOW);
        assertThat(mode("https.p12")).isEqualTo("rw-------");
        ServerCertificate second = ServerCertificate.open(folder, authority, List.of("localhost"), NOW);
        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        Files.writeString(folder.resolve("https.p12"), "made by somebody else");
        assertThat(second.isIn(folder)).isFalse();
        second.write(folder);
        assertThat(second.isIn(folder)).isTrue();
    }

    @Test
    void takesRequestsThatAreSignedByTheirKey() {
        FakeAgentKeys keys = FakeAgentKeys.onCurve("secp256r1");
        assertThat(CertificateRequests.keyOf(keys.request()))
                .isEqualTo(keys.pair().getPublic());
        assertThatCode(() -> CertificateRequests.keyOf(
                        FakeAgentKeys.onCurve("secp384r1").request()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesRequestsSignedByAnotherKey() {
        FakeAgentKeys keys = FakeAgentKeys.onCurve("secp256r1");
        byte[] forged = keys.requestSignedBy(FakeAgentKeys.onCurve("secp256r1"));
        assertThatThrownBy(() -> CertificateRequests.keyOf(forged)).hasMessageContaining("not signed by its own key");
    }

    @Test
    void refusesOtherKeysAndOtherBytes() {
        assertThatThrownBy(() -> CertificateRequests.keyOf(FakeAgentKeys.rsa().request()))
                .hasMessageContaining("make an EC key");
        assertThatThrownBy(() -> CertificateRequests.keyOf(new byte[] {1, 2, 3}))
                .isInstanceOf(PkiException.class);
        assertThatThrownBy(() -> CertificateRequests.keyOf(new byte[0])).hasMessageContaining("has 0");
        assertThatThrownBy(() -> CertificateRequests.keyOf(new byte[9000])).hasMessageContaining("has 9000");
        byte[] truncated =
                java.util.Arrays.copyOf(FakeAgentKeys.onCurve("secp256r1").request(), 100);
        assertThatThrownBy(() -> CertificateRequests.keyOf(truncated)).isInstanceOf(PkiException.class);
    }
}
