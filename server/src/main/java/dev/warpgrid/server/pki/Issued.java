package dev.warpgrid.server.pki;

import dev.warpgrid.model.NodeId;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A node's new certificate, ready to be sent.
 *
 * @param serial hexadecimal
 * @param chainPem the node's certificate, then the authority's
 */
public record Issued(String serial, String chainPem, String authorityPem) {
    public static Issued toNode(CertificateAuthority authority, PublicKey key, NodeId node, Instant now) {
        X509Certificate certificate = authority.issueNode(key, node, now);
        return new Issued(
                certificate.getSerialNumber().toString(16),
                PemFiles.toPem(certificate, authority.certificate()),
                authority.pem());
    }
}
