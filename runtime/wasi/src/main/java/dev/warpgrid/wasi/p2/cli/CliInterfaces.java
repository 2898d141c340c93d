package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.ByteSink;
import dev.warpgrid.wasi.GuestExitException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.LogStream;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.Wasi02;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The imports of {@code wasi:cli}. */
public final class CliInterfaces {
    private CliInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(
                environment(),
                exit(),
                stdin(),
                output("stdout", LogStream.STDOUT),
                output("stderr", LogStream.STDERR),
                Wasi02.interfaceNamed("wasi:cli/terminal-input")
                        .resource("terminal-input", Terminal.Input.class, WasiResource::drop)
                        .build(),
                Wasi02.interfaceNamed("wasi:cli/terminal-output")
                        .resource("terminal-output", Terminal.Output.class, WasiResource::drop)
                        .build(),
                terminal("stdin", state -> state.config().stdio().terminalInput(), Terminal.Input::new),
                terminal("stdout", state -> state.config().stdio().terminalOutput(), Terminal.Output::new),
                terminal("stderr", state -> state.config().stdio().terminalError(), Terminal.Output::new));
    }

    private static HostInterface<InstanceState> environment() {
        return Wasi02.interfaceNamed("wasi:cli/environment")
                .function("get-environment", (state, in) -> pairs(state.config().environment()))
                .function(
                        "get-arguments",
                        (state, in) -> List.<Object>copyOf(state.config().arguments()))
                .function("initial-cwd", (state, in) -> Variant.none())
                .build();
    }

    private static List<Object> pairs(Map<String, String> variables) {
        List<Object> pairs = new ArrayList<>(variables.size());
        variables.forEach((name, value) -> pairs.add(new Object[] {name, value}));
        return pairs;
    }

    private static HostInterface<InstanceState> exit() {
        return Wasi02.interfaceNamed("wasi:cli/exit")
                .function("exit", (state, in) -> {
                    throw new GuestExitException(((Variant) in[0]).isOk() ? 0 : 1);
                })
                .function("exit-with-code", (state, in) -> {
                    throw new GuestExitException((Integer) in[0] & 0xff);
                })
                .build();
    }

    private static HostInterface<InstanceState> stdin() {
        return Wasi02.interfaceNamed("wasi:cli/stdin")
                .function(
                        "get-stdin",
                        (state, in) ->
                                new SourceInput(state, state.config().stdio().input()))
                .build();
    }

    private static HostInterface<InstanceState> output(String name, LogStream stream) {
        return Wasi02.interfaceNamed("wasi:cli/" + name)
                .function("get-" + name, (state, in) -> {
                    ByteSink sink = state.config().stdio().output(stream);
                    return sink == null ? new LineOutput(state, stream) : new SinkOutput(state, sink);
                })
                .build();
    }

    private static HostInterface<InstanceState> terminal(
            String name, Predicate<InstanceState> there, Supplier<? extends Terminal> terminal) {
        return Wasi02.interfaceNamed("wasi:cli/terminal-" + name)
                .function(
                        "get-terminal-" + name,
                        (state, in) -> there.test(state) ? Variant.some(terminal.get()) : Variant.none())
                .build();
    }
}
