package dev.warpgrid.cli.command;

import com.google.gson.JsonObject;
import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Problem;
import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
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

    /** In the order of the help. An alias is found the slower way. */
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

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

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("up", UpCommand::new);
        commands.put("down", DownCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("deploy", DeployCommand::new);
        commands.put("apply", ApplyCommand::new);
        commands.put("diff", DiffCommand::new);
        commands.put("list", ListCommand::new);
        commands.put("show", ShowCommand::new);
        commands.put("logs", LogsCommand::new);
        commands.put("scale", ScaleCommand::new);
        commands.put("restart", RestartCommand::new);
        commands.put("rollout", RolloutCommand::new);
        commands.put("rollback", RollbackCommand::new);
        commands.put("history", HistoryCommand::new);
        commands.put("delete", DeleteCommand::new);
        commands.put("instances", InstancesCommand::new);
        commands.put("nodes", NodesCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("metrics", MetricsCommand::new);
        commands.put("namespaces", NamespacesCommand::new);
        commands.put("audit", AuditCommand::new);
        commands.put("auth", AuthCommand::new);
        commands.put("user", UserCommand::new);
        commands.put("role", RoleCommand::new);
        commands.put("service-account", ServiceAccountCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("login", LoginCommand::new);
        commands.put("logout", LogoutCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    Console console() {
        return console;
    }

    Environment environment() {
        return environment;
    }

    /** The whole command line, for help and completion. */
    public CommandLine commandLine() {
        return commandLine(COMMANDS.values());
    }

    private CommandLine commandLine(Collection<Supplier<Object>> commands) {
        CommandLine line = new CommandLine(this);
        commands.forEach(command -> line.addSubcommand(command.get()));
        return configured(line);
    }

    private CommandLine configured(CommandLine line) {
        line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setColorScheme(Help.defaultColorScheme(
                        console.palette() == dev.warpgrid.cli.output.Palette.ANSI ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(new java.io.PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        // What follows the file of a guest is the guest's own, options too.
        if (line.getSubcommands().get("run") != null) {
            line.getSubcommands().get("run").setStopAtPositional(true);
        }
        line.setParameterExceptionHandler((exception, arguments) -> usage(exception));
        line.setExecutionExceptionHandler((exception, command, parsed) -> failed(exception, wantsJson(command)));
        return line;
    }

    /** @return the exit status */
    public int run(String... arguments) {
        if (arguments.length == 0) {
            commandLine().usage(console.err());
            return ExitCode.USAGE.status();
        }
        // Looking at every command's options takes longer than most commands; one that is named needs no other.
        Supplier<Object> named = COMMANDS.get(arguments[0]);
        CommandLine line = named == null ? commandLine() : commandLine(List.of(named));
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
        if (exception instanceof InterruptedException) {
            // Only Ctrl-C interrupts, and what stops the grid then speaks for itself.
            return ExitCode.FAILURE.status();
        }
        Failure failure = switch (exception) {
            case Failure known -> known;
            case ApiException wrong -> new Failure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
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
