package dev.warpgrid.server.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Reads certificate requests (PKCS #10, RFC 2986). Only the key is taken from them: names are the server's to give. */
public final class CertificateRequests {
    static final int MAXIMUM_BYTES = 8 * 1024;
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private CertificateRequests() {}

    /**
     * The key of a request whose sender has proved to own it.
     *
     * @param der the whole request
     * @throws PkiException if it is no request, is signed by another key, or its key is of another type than EC P-256 or P-384
     */
    public static PublicKey keyOf(byte[] der) {
        if (der.length == 0 || der.length > MAXIMUM_BYTES) {
            throw new PkiException(
                    "A certificate request has 1 to " + MAXIMUM_BYTES + " bytes, and this one has " + der.length + ".");
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            PublicKey key = request.getPublicKey();
            requireAcceptable(key);
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new PkiException(
                        "The certificate request is not signed by its own key: make it anew with the key it names.");
            }
            return key;
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new PkiException("The bytes are no certificate request (PKCS #10, DER): " + e.getMessage(), e);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new PkiException("The bytes are no certificate request (PKCS #10, DER).", e);
        }
    }

    private static void requireAcceptable(PublicKey key) {
        int bits = key instanceof ECPublicKey ec ? ec.getParams().getOrder().bitLength() : 0;
        if (bits != P256_BITS && bits != P384_BITS) {
            throw new PkiException("The request's key is " + key.getAlgorithm()
                    + " of a kind that is not accepted: make an EC key on P-256 or P-384.");
        }
    }
}
