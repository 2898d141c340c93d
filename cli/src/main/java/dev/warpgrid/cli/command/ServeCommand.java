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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Answers requests on this machine with one component or module, without a grid.",
            "It is a wasi:http component, or a preview 1 module that runs as a CGI program; Ctrl-C ends it."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private GuestOptions options = new GuestOptions();

    @Option(names = "--port", paramLabel = "PORT", description = "Where it listens, loopback only; 8080 by default.")
    private int port = 8080;

    @Parameters(index = "0", paramLabel = "FILE.wasm", description = "The component or module.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        Warp warp = (Warp) spec.root().userObject();
        List<String> words = new ArrayList<>(options.words("serve", file));
        words.addAll(List.of("--port", Integer.toString(port), file.toString()));
        return GuestProcess.run(new Installation(warp.environment().installation()), words);
    }
}
