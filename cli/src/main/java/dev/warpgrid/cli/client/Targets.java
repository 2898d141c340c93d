package dev.warpgrid.cli.client;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.local.GridRecord;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the grid that is meant: {@code --data} names the one of a folder; otherwise {@code WARP_SERVER}, then the one of
 * {@code warp login}, then the one that runs on this machine.
 */
public final class Targets {
    private Targets() {}

    /** @param data value of {@code --data}; null where it was not given */
    public static Target find(Environment environment, @Nullable Path data) {
        if (data != null) {
            return local(new DataFolder(data));
        }
        Optional<String> server = environment.variable("WARP_SERVER");
        if (server.isPresent()) {
            return new Target(
                    address(server.get(), "WARP_SERVER"),
                    environment.variable("WARP_TOKEN").orElse(null),
                    environment.variable("WARP_CA").map(Path::of).orElse(null),
                    "WARP_SERVER");
        }
        Path file = environment.configFile();
        Optional<ClientConfig> config = ClientConfig.load(file);
        if (config.isPresent()) {
            String ca = config.get().ca();
            return new Target(
                    address(config.get().server(), file.toString()),
                    environment.variable("WARP_TOKEN").orElse(config.get().token()),
                    ca == null ? null : Path.of(ca),
                    file.toString());
        }
        return local(new DataFolder(environment.dataFolder()));
    }

    /**
     * Keeps a new token where the old one came from.
     *
     * @return where that is; empty where the old one came from the environment, which nobody can write
     */
    public static Optional<Path> keep(Environment environment, @Nullable Path data, String token) {
        Path file = environment.configFile();
        if (data == null && environment.variable("WARP_TOKEN").isPresent()) {
            return Optional.empty();
        }
        Optional<ClientConfig> config =
                data == null && environment.variable("WARP_SERVER").isEmpty()
                        ? ClientConfig.load(file)
                        : Optional.empty();
        if (config.isPresent()) {
            new ClientConfig(config.get().server(), token, config.get().ca()).save(file);
            return Optional.of(file);
        }
        if (data == null && environment.variable("WARP_SERVER").isPresent()) {
            return Optional.empty();
        }
        DataFolder folder = new DataFolder(data == null ? environment.dataFolder() : data);
        folder.write(DataFolder.TOKEN, token);
        return Optional.of(folder.file(DataFolder.TOKEN));
    }

    private static Target local(DataFolder folder) {
        GridRecord grid = folder.grid()
                .orElseThrow(
                        () -> new Failure(
                                ExitCode.UNAVAILABLE,
                                "No grid is known here (" + folder.path()
                                        + " holds none): start one with warp up, or name another with warp login or WARP_SERVER."));
        return new Target(
                grid.ports().server(),
                folder.read(DataFolder.TOKEN).orElse(null),
                folder.file(DataFolder.AUTHORITY),
                folder.path().toString());
    }

    /**
     * Reads a server's address; a path behind it is dropped.
     *
     * @param source names it in the error
     */
    public static URI address(String text, String source) {
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
            }
        } catch (URISyntaxException e) {
            // The sentence below says what is wrong better than the parser does.
        }
        throw new Failure(
                ExitCode.USAGE,
                "\"" + text + "\" (" + source + ") is no server address: write it as https://HOST:9443.");
    }
}
