package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, as they come in a jar that holds one {@code .txz}, unpacked once for each version. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /**
     * @param jars folder with the one jar
     * @param into folder below which a folder named after the jar is made
     * @return the folder that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path jars, Path into) throws InterruptedException {
        Path jar = onlyJar(jars);
        Path home = into.resolve(String.valueOf(jar.getFileName()).replace(".jar", ""));
        if (Files.isDirectory(home)) {
            return home;
        }
        Path fresh = into.resolve(home.getFileName() + ".new");
        try {
            Folders.delete(fresh);
            Files.createDirectories(fresh);
            extract(jar, fresh);
            Files.move(fresh, home);
            return home;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "PostgreSQL could not be unpacked to " + home + " (" + e.getMessage()
                            + "): free disk space, and check that tar is there.",
                    e);
        }
    }

    private static Path onlyJar(Path folder) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        } catch (IOException e) {
            throw missing(folder, e);
        }
        throw missing(folder, new IOException("it is empty"));
    }

    private static Failure missing(Path folder, IOException cause) {
        return new Failure(
                ExitCode.MISSING_PREREQUISITE,
                "PostgreSQL's programs are missing (" + folder + ", " + cause.getMessage()
                        + "): remove cli/target and start again, so that they are fetched.",
                cause);
    }

    private static void extract(Path jar, Path folder) throws IOException, InterruptedException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && !entry.getName().endsWith(".txz")) {
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                throw new IOException(jar + " holds no .txz");
            }
            untar(new XZInputStream(zip), folder);
        }
    }

    /** With the system's tar, which keeps modes and links. */
    private static void untar(InputStream archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder(List.of("tar", "-x", "-f", "-", "--no-same-owner", "-C", folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = tar.getOutputStream()) {
            archive.transferTo(in);
        }
        int status = tar.waitFor();
        if (status != 0) {
            throw new IOException("tar ended with status " + status);
        }
    }
}
