package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Under which account PostgreSQL runs, which refuses to be root. Where root starts the grid, PostgreSQL gets a user namespace
 * in which it is nobody in particular while its files stay root's; where the kernel or a container forbids that, it runs as
 * the user nobody, or as the user who already owns the data.
 *
 * @param prefix what goes before the command line
 * @param owner numeric {@code uid:gid} that the files must belong to; empty leaves them
 */
record Account(List<String> prefix, String owner) {
    private static final int ROOT = 0;

    Account {
        prefix = List.copyOf(prefix);
    }

    /**
     * @param folder PostgreSQL's part of the data folder, which exists
     * @param namespaces whether a user namespace may be used
     */
    static Account choose(Path folder, boolean namespaces) throws InterruptedException {
        try {
            if (uid(Path.of("/proc/self")) != ROOT) {
                return new Account(List.of(), "");
            }
            Path data = folder.resolve("data");
            if (Files.exists(data) && uid(data) != ROOT) {
                return as(uid(data), (int) Files.getAttribute(data, "unix:gid"), folder);
            }
            if (namespaces && succeeds(List.of("unshare", "-U", "true"), folder)) {
                return new Account(List.of("unshare", "-U"), "");
            }
            String nobody = Commands.run(List.of("id", "-u", "nobody"), Map.of(), folder, "")
                    .output()
                    .strip();
            String group = Commands.run(List.of("id", "-g", "nobody"), Map.of(), folder, "")
                    .output()
                    .strip();
            return as(Integer.parseInt(nobody), Integer.parseInt(group), folder);
        } catch (IOException | NumberFormatException e) {
            throw new Failure(
                    ExitCode.MISSING_PREREQUISITE,
                    "PostgreSQL does not run as root, this machine allows no user namespaces and has no user nobody ("
                            + e.getMessage() + "): run warp up as an ordinary user.",
                    e);
        }
    }

    private static Account as(int uid, int gid, Path folder) throws IOException, InterruptedException {
        List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
        passable(folder.getParent());
        List<String> look = new ArrayList<>(prefix);
        look.addAll(List.of("test", "-x", String.valueOf(folder.getParent())));
        if (!succeeds(look, Path.of("/"))) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "PostgreSQL runs as user " + uid + " here and cannot reach " + folder
                            + ": choose a data folder below one that everybody may pass, such as --data /var/lib/warpgrid.");
        }
        return new Account(prefix, uid + ":" + gid);
    }

    /** Lets others pass through the data folder without seeing what is in it; what is in it has modes of its own. */
    private static void passable(@org.jspecify.annotations.Nullable Path folder) throws IOException {
        if (folder != null) {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(folder);
            if (modes.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, modes);
            }
        }
    }

    /** Gives the files below a folder to the account. */
    void own(Path folder) throws InterruptedException {
        if (!owner.isEmpty()) {
            Commands.Result result =
                    Commands.run(List.of("chown", "-R", owner, folder.toString()), Map.of(), folder, "");
            if (!result.ok()) {
                throw new Failure(
                        ExitCode.FAILURE,
                        "The folder " + folder + " could not be given to user " + owner + " ("
                                + result.output().strip() + "): choose another file system with --data.");
            }
        }
    }

    List<String> command(String... arguments) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(arguments));
        return all;
    }

    private static boolean succeeds(List<String> command, Path folder) throws InterruptedException {
        return Commands.run(command, Map.of(), folder, "").ok();
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }
}
