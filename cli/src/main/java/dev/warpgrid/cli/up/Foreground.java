package dev.warpgrid.cli.up;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.local.GridPorts;
import dev.warpgrid.cli.local.GridRecord;
import dev.warpgrid.cli.local.GridRecord.Part;
import dev.warpgrid.cli.local.Waiting;
import dev.warpgrid.cli.output.Console;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Stays with the grid: starts again what dies, and stops everything when the person presses Ctrl-C. */
public final class Foreground {
    private static final long LOOK_MILLIS = 1_000;
    private static final int RESTARTS_IN_A_ROW = 5;
    /** What runs when Ctrl-C is pressed must notice and give the lock up. */
    private static final long LOCK_MILLIS = 30_000;

    private final LocalGrid grid;
    private final DataFolder folder;
    private final GridPorts ports;
    private final Console console;
    private final Thread follower = Thread.currentThread();
    private final Thread stopper = new Thread(this::stop, "stop-grid");

    public Foreground(LocalGrid grid, DataFolder folder, GridPorts ports, Console console) {
        this.grid = grid;
        this.folder = folder;
        this.ports = ports;
        this.console = console;
    }

    /** From now on Ctrl-C stops the grid, also while it starts. To be called by the thread that starts and follows it. */
    public void stopOnInterrupt() {
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /** Returns only when somebody else has stopped the grid, or it cannot be kept running. */
    public ExitCode follow() throws InterruptedException {
        console.note("Ctrl-C stops the grid; its data stays. Another terminal can use warp meanwhile.");
        int restarts = 0;
        while (true) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            Set<Part> missing = grid.missing();
            if (missing.isEmpty()) {
                restarts = 0;
                continue;
            }
            if (!unlocked()) {
                // Another command is at work on it, perhaps warp down.
                continue;
            }
            if (stoppedElsewhere()) {
                leave();
                console.note("The grid was stopped by another command.");
                return ExitCode.OK;
            }
            restarts++;
            mend(missing, restarts);
        }
    }

    /** The grid is to be left as it is when this command ends. */
    public void leave() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // Ctrl-C came first, and then the grid is being stopped.
        }
    }

    /** A part that was stopped on purpose is no longer written down; one that died still is. */
    private boolean stoppedElsewhere() {
        Optional<GridRecord> record = folder.grid();
        return record.isEmpty()
                || grid.missing().stream()
                        .anyMatch(part -> record.get().process(part).isEmpty());
    }

    private void mend(Set<Part> missing, int restarts) throws InterruptedException {
        String what = missing.stream().map(Part::title).collect(Collectors.joining(" and "));
        if (restarts > RESTARTS_IN_A_ROW) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The " + what + " died " + RESTARTS_IN_A_ROW + " times in a row: see "
                            + folder.path().resolve("log") + ".");
        }
        console.note("The " + what + " died; starting it again.");
        try {
            grid.up(ports, false);
        } catch (Failure e) {
            console.note(e.sentence());
        }
    }

    private boolean unlocked() {
        if (!Files.isDirectory(folder.path())) {
            return true;
        }
        try {
            folder.lock().close();
            return true;
        } catch (Failure e) {
            return false;
        }
    }

    private void stop() {
        follower.interrupt();
        console.note("");
        try {
            Waiting.until(LOCK_MILLIS, this::unlocked);
            grid.down();
            console.note("The grid is stopped; its data stays in " + folder.path() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Failure e) {
            console.note(e.sentence());
        }
    }
}
