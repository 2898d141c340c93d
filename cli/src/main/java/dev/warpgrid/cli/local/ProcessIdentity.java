package dev.warpgrid.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One process and no other: process ids are used again, but not with the same start time in the same boot.
 *
 * @param pid process id
 * @param startTicks field 22 of {@code /proc/PID/stat} (proc_pid_stat(5)): clock ticks since the machine started
 * @param boot the kernel's random id of this boot
 */
public record ProcessIdentity(long pid, long startTicks, String boot) {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE_FIELD = 3;
    private static final int SESSION_FIELD = 6;
    private static final int START_FIELD = 22;

    /** Signals that end a process, from polite to final. */
    public enum Signal {
        INT,
        TERM,
        QUIT,
        KILL
    }

    /** @return empty where no such process runs */
    public static Optional<ProcessIdentity> of(long pid) {
        return stat(pid).map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_FIELD - 1]), bootId()));
    }

    /** Whether it still runs; one that has ended and was not yet collected by its parent does not. */
    public boolean alive() {
        if (!boot.equals(bootId())) {
            return false;
        }
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[START_FIELD - 1]) == startTicks)
                .filter(fields -> !fields[STATE_FIELD - 1].equals("Z") && !fields[STATE_FIELD - 1].equals("X"))
                .isPresent();
    }

    /** The id of the process that leads its session; -1 when it has ended. */
    public long session() {
        return stat(pid)
                .map(fields -> Long.parseLong(fields[SESSION_FIELD - 1]))
                .orElse(-1L);
    }

    /** Sends a signal if it still is the same process. Java itself can only send TERM and KILL. */
    public void signal(Signal signal) {
        if (!alive()) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal.name().toUpperCase(Locale.ROOT) + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("No shell could be started to signal process " + pid + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it ended in time */
    public boolean awaitEnd(long timeoutMillis) throws InterruptedException {
        return Waiting.until(timeoutMillis, () -> !alive());
    }

    /** Sends each signal in turn and waits after each; KILL is last. */
    public void end(Signal first, long firstMillis) throws InterruptedException {
        signal(first);
        if (awaitEnd(firstMillis)) {
            return;
        }
        signal(Signal.KILL);
        awaitEnd(TimeUnit.SECONDS.toMillis(10));
    }

    /** The command's arguments; empty when it has ended or belongs to somebody else. */
    public String commandLine() {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Fields of the process table's line; the second, the command's name, may hold spaces and parentheses. */
    private static Optional<String[]> stat(long pid) {
        try {
            String line = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            int end = line.lastIndexOf(')');
            String[] rest = line.substring(end + 2).strip().split(" ", -1);
            String[] fields = new String[rest.length + 2];
            fields[0] = Long.toString(pid);
            fields[1] = line.substring(line.indexOf('(') + 1, end);
            System.arraycopy(rest, 0, fields, 2, rest.length);
            return fields.length < START_FIELD ? Optional.empty() : Optional.of(fields);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
