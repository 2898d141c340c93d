package dev.warpgrid.cli.command;

import com.google.gson.JsonObject;
import dev.warpgrid.api.Problem;
import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all commands; holds what they share. */
@Command(
        name = "warp",
        description = "Runs WebAssembly components on a grid of machines, or on this one.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = false,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DeployCommand.class,
            ListCommand.class,
            ShowCommand.class,
            LogsCommand.class,
            ScaleCommand.class,
            RestartCommand.class,
            DeleteCommand.class,
            InstancesCommand.class,
            NodesCommand.class,
            EventsCommand.class,
            MetricsCommand.class,
            NamespacesCommand.class,
            TokenCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            VersionCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:could not be done",
            "2:the command line is wrong",
            "3:not found",
            "4:conflict: taken, in use, or changed in the meantime",
            "5:not signed in, or not allowed",
            "6:the grid does not answer",
            "7:accepted, but not ready in time",
            "69:something this machine must have is missing"
        },
        footerHeading = "%nWhich grid:%n",
        footer = {
            "  --data DIR, else WARP_SERVER with WARP_TOKEN and WARP_CA, else the grid of warp login,",
            "  else the grid of this machine (WARPGRID_DATA, or ~/.warpgrid)."
        })
public final class Warp {
    private static final int HELP_COLUMNS = 100;

    private final Console console;
    private final Environment environment;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // The parser sets it and acts on it.
    private boolean help;

    public Warp(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
    }

    Console console() {
        return console;
    }

    Environment environment() {
        return environment;
    }

    /** The whole command line, for parsing, help and completion. */
    public CommandLine commandLine() {
        CommandLine line = new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setColorScheme(Help.defaultColorScheme(
                        console.palette() == dev.warpgrid.cli.output.Palette.ANSI ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(new java.io.PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((exception, arguments) -> usage(exception));
        line.setExecutionExceptionHandler((exception, command, parsed) -> failed(exception, wantsJson(command)));
        return line;
    }

    /** @return the exit status */
    public int run(String... arguments) {
        CommandLine line = commandLine();
        if (arguments.length == 0) {
            line.usage(console.err());
            return ExitCode.USAGE.status();
        }
        return line.execute(arguments);
    }

    private static boolean wantsJson(CommandLine command) {
        return command.getCommand() instanceof GridCommand grid && grid.output() == OutputFormat.JSON;
    }

    private int usage(ParameterException exception) {
        console.note(sentence(String.valueOf(exception.getMessage())));
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                console.note("Did you mean: " + String.join(", ", suggestions) + "?");
            }
        }
        console.note("See " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE.status();
    }

    private static String sentence(String message) {
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    private int failed(Exception exception, boolean json) {
        Failure failure = switch (exception) {
            case Failure known -> known;
            case InterruptedException stopped -> new Failure(ExitCode.FAILURE, "Stopped.", stopped);
            // The contract's own records check what they are given, and their sentences name the remedy.
            case IllegalArgumentException wrong ->
                new Failure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
            default ->
                new Failure(
                        ExitCode.FAILURE,
                        "warp itself failed (" + exception + "): please report it with WARP_TRACE=1 set.",
                        exception);
        };
        console.note(json ? Json.pretty(problem(failure)) : failure.sentence());
        if (!json) {
            failure.problem().ifPresent(this::fieldErrors);
        }
        if (environment.variable("WARP_TRACE").isPresent()) {
            exception.printStackTrace(console.err());
        }
        return failure.exitCode().status();
    }

    /** Where several fields are wrong, each is told; the first is the sentence already. */
    private void fieldErrors(JsonObject problem) {
        if (problem.get("errors") != null
                && problem.get("errors").isJsonArray()
                && problem.getAsJsonArray("errors").size() > 1) {
            problem.getAsJsonArray("errors")
                    .forEach(error -> console.note(
                            "  " + error.getAsJsonObject().get("pointer").getAsString() + ": "
                                    + error.getAsJsonObject().get("message").getAsString()));
        }
    }

    private Object problem(Failure failure) {
        if (failure.problem().isPresent()) {
            return failure.problem().get();
        }
        String code = failure.exitCode().name();
        return new Problem(
                "urn:warpgrid:error:" + code.toLowerCase(Locale.ROOT).replace('_', '-'),
                code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT).replace('_', ' '),
                0,
                failure.sentence(),
                code,
                List.of(),
                "",
                code,
                failure.sentence(),
                List.of(),
                console.clock().instant());
    }
}
