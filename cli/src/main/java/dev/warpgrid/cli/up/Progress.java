package dev.warpgrid.cli.up;

import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Human;
import java.time.Duration;

/** Tells the person who waits which step runs and how long each took. */
final class Progress {
    private final Console console;

    Progress(Console console) {
        this.console = console;
    }

    /** One step. */
    interface Step<T> {
        T run() throws InterruptedException;
    }

    <T> T step(String title, Step<T> step) throws InterruptedException {
        console.err().print(title + " ... ");
        console.err().flush();
        long start = System.nanoTime();
        boolean done = false;
        try {
            T result = step.run();
            done = true;
            return result;
        } finally {
            String elapsed = Human.elapsed(Duration.ofNanos(System.nanoTime() - start));
            console.note(done ? console.palette().quiet(elapsed) : "failed after " + elapsed);
        }
    }

    void note(String line) {
        console.note(line);
    }
}
