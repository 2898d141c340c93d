package dev.warpgrid.server.pki;

import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.store.JoinTokenStore;
import dev.warpgrid.server.store.StoredJoinToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One-time tokens, {@code warpjoin_ID_SECRET_FINGERPRINT}. The server keeps the SHA-256 of the secret; the fingerprint of
 * the authority in it lets the node know whom it meets.
 */
@Singleton
public class JoinTokens {
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final String PREFIX = "warpjoin";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final int PARTS = 4;
    /** How long a token that has ended is remembered, to say why it is refused. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final JoinTokenStore store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public JoinTokens(JoinTokenStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What became of a token that somebody brought. */
    public sealed interface Redemption {
        record Accepted() implements Redemption {}

        /** @param sentence cause and remedy; tells nobody what a right secret would be */
        record Refused(String sentence) implements Redemption {}
    }

    public JoinTokenView create(String createdBy, CertificateAuthority authority, Duration validFor) {
        Instant now = clock.instant();
        store.forgetExpired(now.minus(REMEMBERED));
        String id = randomHex(ID_BYTES);
        String secret = randomHex(SECRET_BYTES);
        Instant expiresAt = now.plus(validFor);
        store.insert(new StoredJoinToken(id, sha256(secret), authority.fingerprint(), now, createdBy, expiresAt, null));
        return new JoinTokenView(String.join("_", PREFIX, id, secret, authority.fingerprint()), expiresAt);
    }

    /** Uses a token up. Of any number of callers with the same token exactly one is accepted. */
    public Redemption redeem(String text, CertificateAuthority authority, NodeId node) {
        String[] parts = text.strip().split("_", -1);
        if (parts.length != PARTS || !parts[0].equals(PREFIX)) {
            return new Redemption.Refused("This is no join token: copy the whole text, from warpjoin_ to its end.");
        }
        if (!parts[PARTS - 1].equals(authority.fingerprint())) {
            return new Redemption.Refused("The join token belongs to another grid: ask this one for a token.");
        }
        Instant now = clock.instant();
        Optional<StoredJoinToken> found = store.find(parts[1]);
        if (found.isEmpty() || !MessageDigest.isEqual(found.get().secretHash(), sha256(parts[2]))) {
            return new Redemption.Refused("The join token is not known: ask for a new one.");
        }
        StoredJoinToken token = found.get();
        if (!now.isBefore(token.expiresAt())) {
            return new Redemption.Refused("The join token expired at " + token.expiresAt() + ": ask for a new one.");
        }
        if (token.usedAt() != null || !store.use(token.id(), node, now)) {
            return new Redemption.Refused("The join token was used already: each lets one node join, ask for another.");
        }
        return new Redemption.Accepted();
    }

    private String randomHex(int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return HexFormat.of().formatHex(raw);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
