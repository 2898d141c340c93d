package dev.warpgrid.cli.client;

import com.google.gson.JsonParseException;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grid that {@code warp login} chose, as its file holds it.
 *
 * @param server address of the grid
 * @param token secret
 * @param ca path of a PEM file; null trusts the JDK's authorities
 */
public record ClientConfig(
        String server, String token, @Nullable String ca) {
    /** @return empty where there is no file */
    public static Optional<ClientConfig> load(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ClientConfig config = Json.read(Files.readString(file), ClientConfig.class);
            if (config == null || config.server() == null || config.token() == null) {
                throw new JsonParseException("server or token is missing");
            }
            return Optional.of(config);
        } catch (IOException | JsonParseException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The configuration " + file + " cannot be read (" + e.getMessage()
                            + "): run warp login again, or remove the file.",
                    e);
        }
    }

    /** Writes the file so that nobody else can read it, and all of it or nothing. */
    public void save(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("it has no folder");
            }
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "config",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Json.pretty(this) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The configuration " + file + " cannot be written (" + e.getMessage()
                            + "): make its folder writable, or set XDG_CONFIG_HOME to another.",
                    e);
        }
    }

    @Override
    public String toString() {
        return server;
    }
}
