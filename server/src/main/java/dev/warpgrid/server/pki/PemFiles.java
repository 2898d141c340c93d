package dev.warpgrid.server.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Writes keys and certificates, whole or not at all, with the right mode from the first byte on. */
final class PemFiles {
    static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    private PemFiles() {}

    static String toPem(Object... objects) {
        try {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                for (Object object : objects) {
                    writer.writeObject(object);
                }
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PKCS #8, not encrypted: the file's mode protects it. */
    static String keyToPem(PrivateKey key) {
        try {
            return toPem(new PKCS8Generator(PrivateKeyInfo.getInstance(key.getEncoded()), null).generate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made: check its owner and mode.", e);
        }
    }

    static void write(Path file, byte[] content, Set<PosixFilePermission> mode) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(SECRET));
            Files.write(fresh, content, StandardOpenOption.WRITE);
            Files.setPosixFilePermissions(fresh, mode);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: check the folder's owner and free space.", e);
        }
    }
}
