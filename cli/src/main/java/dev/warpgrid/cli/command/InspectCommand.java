package dev.warpgrid.cli.command;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Json;
import dev.warpgrid.cli.output.OutputFormat;
import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.CoreModuleInfo;
import dev.warpgrid.component.ExternName;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleReader;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "inspect",
        description =
                "Shows what a component or core module is: modules, sizes, needs, and imports and exports as WIT.")
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Answer as ${COMPLETION-CANDIDATES}; table is the default.")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(names = "--wit", description = "Only the WIT text.")
    private boolean witOnly;

    @Parameters(paramLabel = "FILE.wasm", description = "The component or core module.")
    private Path file = Path.of("");

    /**
     * What is told of a file.
     *
     * @param kind        {@code component} or {@code core module}
     * @param runsAs      what can be done with it, in words
     * @param memoryBytes what its memories start with
     */
    private record Facts(
            String kind,
            String runsAs,
            long sizeBytes,
            long memoryBytes,
            List<CoreModuleInfo> modules,
            List<String> imports,
            List<String> exports,
            String wit) {}

    @Override
    public Integer call() {
        byte[] wasm = read();
        Facts facts;
        try {
            facts = wasm.length > 6 && wasm[4] == 1 && wasm[6] == 0 ? module(wasm) : component(wasm);
        } catch (MalformedComponentException e) {
            throw new Failure(
                    ExitCode.FAILURE, file + " is neither a component nor a core module: " + e.getMessage(), e);
        }
        Console console = ((Warp) spec.root().userObject()).console();
        if (output == OutputFormat.JSON) {
            console.answer(Json.pretty(facts));
        } else {
            print(console, facts);
        }
        return ExitCode.OK.status();
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "There is no file " + file + " to read: check its name and the folder you are in.",
                    e);
        }
    }

    private static Facts component(byte[] wasm) {
        Component component = Component.parse(wasm);
        List<String> exports =
                component.exports().stream().map(ExternName::text).toList();
        return new Facts(
                "component",
                runsAs(exports),
                wasm.length,
                component.minimumMemoryBytes(),
                component.modules(),
                component.imports().stream().map(ExternName::text).toList(),
                exports,
                component.wit());
    }

    private static String runsAs(List<String> exports) {
        List<String> ways = new ArrayList<>();
        if (exports.stream().anyMatch(name -> name.startsWith("wasi:http/incoming-handler@0.2"))) {
            ways.add("HTTP handler (warp serve, warp deploy)");
        }
        if (exports.stream().anyMatch(name -> name.startsWith("wasi:cli/run@0.2"))) {
            ways.add("command (warp run)");
        }
        return ways.isEmpty() ? "library" : String.join(", ", ways);
    }

    private static Facts module(byte[] wasm) {
        CoreModuleBinary module = CoreModuleReader.read(wasm, ComponentLimits.defaults());
        long memory = CoreModuleRewriter.bytes(module.minimumMemoryPages());
        boolean command = module.export("_start") != null;
        return new Facts(
                "core module",
                command ? "preview 1 command (warp run), CGI program (warp serve)" : "library",
                wasm.length,
                memory,
                List.of(new CoreModuleInfo(
                        "module-0",
                        wasm.length,
                        module.imports().size(),
                        module.exports().size(),
                        memory)),
                module.imports().stream()
                        .map(each -> each.module() + " " + each.name() + ": "
                                + each.type().describe())
                        .toList(),
                module.exports().entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue().describe())
                        .toList(),
                "");
    }

    private void print(Console console, Facts facts) {
        if (witOnly) {
            console.answer(facts.wit().strip());
            return;
        }
        console.answer("File      " + file + ", " + Human.bytes(facts.sizeBytes()));
        console.answer("Kind      " + facts.kind());
        console.answer("Runs as   " + facts.runsAs());
        console.answer("Memory    " + Human.bytes(facts.memoryBytes()) + " at the start");
        for (CoreModuleInfo each : facts.modules()) {
            console.answer("Module    " + each.name() + ": " + Human.bytes(each.binaryBytes()) + ", " + each.imports()
                    + " imports, " + each.exports() + " exports, " + Human.bytes(each.minimumMemoryBytes())
                    + " of memory");
        }
        facts.imports().forEach(name -> console.answer("Needs     " + name));
        facts.exports().forEach(name -> console.answer("Offers    " + name));
        if (!facts.wit().isEmpty()) {
            console.answer("");
            console.answer(facts.wit().strip());
        }
    }
}
