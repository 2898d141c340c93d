package dev.warpgrid.server.audit;

import dev.warpgrid.api.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash of an entry: every field with its length, so that no two different entries read the same. */
final class AuditHash {
    private AuditHash() {}

    /** Of all fields but {@code hash} itself. */
    static String of(AuditEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, entry.previousHash());
            out.writeLong(entry.id());
            // What the database keeps of a time.
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
            write(out, entry.actor());
            write(out, entry.actorKind());
            write(out, entry.origin());
            write(out, entry.action());
            write(out, entry.namespace());
            write(out, entry.resource());
            write(out, entry.outcome().name());
            write(out, entry.detail());
            write(out, entry.before());
            write(out, entry.after());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
