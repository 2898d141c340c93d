package dev.warpgrid.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where answers and progress go. Answers are the only thing on standard output, so that it can be piped.
 *
 * @param columns width of the terminal; 0 where there is none, and then nothing is cut
 */
public record Console(PrintStream out, PrintStream err, Palette palette, int columns, InstantSource clock) {
    private static final int BUFFER_BYTES = 8192;

    /** The launcher says whether standard output is a terminal; asking from Java would load a line editor. */
    public static Console ofProcess(Map<String, String> variables) {
        boolean terminal = Boolean.getBoolean("warp.terminal");
        boolean colours =
                terminal && variables.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(variables.get("TERM"));
        return new Console(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                colours ? Palette.ANSI : Palette.PLAIN,
                terminal ? Integer.getInteger("warp.columns", 0) : 0,
                InstantSource.system());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES),
                true,
                StandardCharsets.UTF_8);
    }

    /** One line of answer. */
    public void answer(String line) {
        out.println(line);
    }

    /** One line for the person who waits. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
