package dev.warpgrid.cli.up;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.local.GridPorts;
import dev.warpgrid.cli.local.GridRecord;
import dev.warpgrid.cli.local.GridRecord.Part;
import dev.warpgrid.cli.output.Console;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Stays with the grid: starts again what dies, and stops everything when the person presses Ctrl-C. */
public final class Foreground {
    private static final long LOOK_MILLIS = 1_000;
    private static final int RESTARTS_IN_A_ROW = 5;

    private final LocalGrid grid;
    private final DataFolder folder;
    private final GridPorts ports;
    private final Console console;
    private final AtomicBoolean stopping = new AtomicBoolean();

    public Foreground(LocalGrid grid, DataFolder folder, GridPorts ports, Console console) {
        this.grid = grid;
        this.folder = folder;
        this.ports = ports;
        this.console = console;
    }

    /** Returns only when somebody else has stopped the grid, or it cannot be kept running. */
    public ExitCode follow() throws InterruptedException {
        console.note("Ctrl-C stops the grid; its data stays. Another terminal can use warp meanwhile.");
        Thread stopper = new Thread(this::stop, "stop-grid");
        Runtime.getRuntime().addShutdownHook(stopper);
        int restarts = 0;
        while (true) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            Set<Part> missing = grid.missing();
            if (stopping.get()) {
                // The hook ends the process when it is done.
                stopper.join();
                return ExitCode.OK;
            }
            if (missing.isEmpty()) {
                restarts = 0;
                continue;
            }
            if (stoppedElsewhere()) {
                Runtime.getRuntime().removeShutdownHook(stopper);
                console.note("The grid was stopped by another command.");
                return ExitCode.OK;
            }
            restarts++;
            mend(missing, restarts);
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

    private void stop() {
        stopping.set(true);
        console.note("");
        try {
            grid.down();
            console.note("The grid is stopped; its data stays in " + folder.path() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Failure e) {
            console.note(e.sentence());
        }
    }
}
