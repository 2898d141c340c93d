package dev.warpgrid.cli.command;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "completion", description = "Prints a completion script; load it with: source <(warp completion bash)")
final class CompletionCommand extends GridCommand {
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        String script = AutoComplete.bash("warp", warp().commandLine());
        switch (shell) {
            case BASH -> console().answer(script);
            // The script speaks bash; zsh understands it through its own emulation.
            case ZSH ->
                console()
                        .answer("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                                + script);
        }
        return done();
    }
}
