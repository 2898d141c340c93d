package dev.warpgrid.cli.command;

import dev.warpgrid.cli.local.GuestProcess;
import dev.warpgrid.cli.local.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Runs a command, a wasi:cli component or a preview 1 module, here and without a grid.",
            "The exit status is the guest's own; 134 when it trapped."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private GuestOptions options = new GuestOptions();

    @Parameters(index = "0", paramLabel = "FILE.wasm", description = "The command.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What the guest is given after its own name.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Warp warp = (Warp) spec.root().userObject();
        List<String> words = new ArrayList<>(options.words("run", file));
        words.addAll(List.of("--terminals", terminals()));
        words.add(file.toString());
        words.addAll(arguments);
        return GuestProcess.run(new Installation(warp.environment().installation()), words);
    }

    /** As the launcher sees them, since asking from Java would load a line editor. */
    private static String terminals() {
        return (Boolean.getBoolean("warp.input.terminal") ? "i" : "")
                + (Boolean.getBoolean("warp.terminal") ? "o" : "")
                + (Boolean.getBoolean("warp.error.terminal") ? "e" : "");
    }
}
