package dev.warpgrid.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the command finds around itself.
 *
 * @param variables environment variables
 * @param home the user's home folder
 * @param installation the folder that holds the launcher and the built parts
 */
public record Environment(Map<String, String> variables, Path home, Path installation) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                Path.of(System.getProperty("warp.installation", ".")));
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Where the grid of this machine keeps its data unless {@code --data} names another folder. */
    public Path dataFolder() {
        return variable("WARPGRID_DATA").map(Path::of).orElseGet(() -> home.resolve(".warpgrid"));
    }

    /** The file that names a grid elsewhere, written by {@code warp login}. */
    public Path configFile() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> home.resolve(".config"))
                .resolve("warpgrid")
                .resolve("config.json");
    }
}
