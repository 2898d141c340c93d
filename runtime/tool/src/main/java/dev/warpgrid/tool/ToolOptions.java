package dev.warpgrid.tool;

import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.files.FileQuota;
import dev.warpgrid.wasi.files.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tool was asked to do.
 *
 * @param serve       answer requests instead of running to an end
 * @param folders     in the form {@code HOST::GUEST[:ro]}
 * @param arguments   of the guest, its own name not among them
 * @param memoryBytes most linear memory of one instance
 */
record ToolOptions(
        boolean serve,
        Path file,
        List<String> folders,
        Map<String, String> environment,
        List<String> arguments,
        long memoryBytes,
        int port,
        Terminals terminals) {
    private static final long DEFAULT_MEMORY_BYTES = 1L << 30;
    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535;
    private static final String READ_ONLY = ":ro";

    /** Which standard streams are terminals; only who starts this process can tell. */
    record Terminals(boolean input, boolean output, boolean error) {
        /** Reads letters, as {@code io}: i, o and e for the three streams. */
        static Terminals of(String letters) {
            return new Terminals(letters.indexOf('i') >= 0, letters.indexOf('o') >= 0, letters.indexOf('e') >= 0);
        }
    }

    /** {@code run|serve [OPTION]... FILE [ARGUMENT]...}. */
    static ToolOptions parse(List<String> words) {
        return new Parser(words).parse();
    }

    /** The guest's configuration as far as the options say it. */
    WasiConfig.Builder config() {
        List<String> all = new ArrayList<>(List.of(String.valueOf(file.getFileName())));
        all.addAll(arguments);
        WasiConfig.Builder config =
                WasiConfig.builder().environment(environment).arguments(all);
        folders.forEach(folder -> addFolder(config, folder));
        return config;
    }

    private static void addFolder(WasiConfig.Builder config, String given) {
        boolean readOnly = given.endsWith(READ_ONLY);
        String text = readOnly ? given.substring(0, given.length() - READ_ONLY.length()) : given;
        int separator = text.indexOf("::");
        String host = separator < 0 ? text : text.substring(0, separator);
        String guest = separator < 0 ? text : text.substring(separator + 2);
        if (host.isEmpty() || guest.isEmpty()) {
            throw new UsageException(
                    "The folder \"" + given + "\" is not of the form HOST::GUEST: write, for one, .::/data.");
        }
        Path folder = Path.of(host);
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "There is no folder " + folder + " to give to the guest: create it, or name another.");
        }
        config.folder(guest, readOnly ? Volume.readOnly(folder) : Volume.writable(folder, FileQuota.unlimited()));
    }

    /** Takes one word after the other. */
    private static final class Parser {
        private final Deque<String> left;
        private final List<String> folders = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private long memoryBytes = DEFAULT_MEMORY_BYTES;
        private int port = DEFAULT_PORT;
        private Terminals terminals = Terminals.of("");

        Parser(List<String> words) {
            this.left = new ArrayDeque<>(words);
        }

        ToolOptions parse() {
            String verb = next("what to do, run or serve");
            if (!verb.equals("run") && !verb.equals("serve")) {
                throw new UsageException("The tool does run or serve, and not " + verb + ".");
            }
            while (!left.isEmpty() && left.getFirst().startsWith("--")) {
                option(left.removeFirst());
            }
            Path file = Path.of(next("a file to " + verb));
            return new ToolOptions(
                    verb.equals("serve"), file, folders, environment, List.copyOf(left), memoryBytes, port, terminals);
        }

        private void option(String name) {
            switch (name) {
                case "--dir" -> folders.add(next("a folder after --dir"));
                case "--env" -> variable(next("KEY=VALUE after --env"));
                case "--memory-bytes" -> memoryBytes = number(name, 0, 1L << 32);
                case "--port" -> port = (int) number(name, 0, HIGHEST_PORT);
                case "--terminals" -> terminals = Terminals.of(next("letters after --terminals"));
                default -> throw new UsageException("There is no option " + name + ".");
            }
        }

        private void variable(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("The variable \"" + text + "\" has no value: write KEY=VALUE.");
            }
            environment.put(text.substring(0, equals), text.substring(equals + 1));
        }

        private long number(String name, long least, long most) {
            String text = next("a number after " + name);
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new UsageException("The option " + name + " needs a number, and got \"" + text + "\".");
            }
            throw new UsageException(
                    "The option " + name + " takes " + least + " to " + most + ", and got " + text + ".");
        }

        private String next(String what) {
            if (left.isEmpty()) {
                throw new UsageException("The tool needs " + what + ".");
            }
            return left.removeFirst();
        }
    }
}
