package dev.warpgrid.wasi;

import dev.warpgrid.wasi.files.Preopen;
import dev.warpgrid.wasi.files.Volume;
import dev.warpgrid.wasi.net.NetworkPolicy;
import dev.warpgrid.wasi.net.SocketPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the instances of one workload are given; immutable and shared by all of them.
 *
 * @param environment   variables, in the order the guest sees them
 * @param arguments     of the command line, the program's name first
 * @param configuration what {@code wasi:config/store} answers
 * @param folders       that the guest finds open
 * @param stdio         standard streams other than none for input and the log for output
 * @param outgoingHttp  servers that {@code wasi:http/outgoing-handler} reaches
 * @param sockets       peers that {@code wasi:sockets} reaches, and addresses that it listens on
 * @param log           takes the lines of stdout, stderr and {@code wasi:logging}
 */
public record WasiConfig(
        Map<String, String> environment,
        List<String> arguments,
        Map<String, String> configuration,
        List<Preopen> folders,
        Stdio stdio,
        NetworkPolicy outgoingHttp,
        SocketPolicy sockets,
        LogSink log,
        WasiClocks clocks,
        RandomSource random,
        WasiLimits limits) {
    private static final WasiConfig NOTHING = builder().build();

    public WasiConfig {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        arguments = List.copyOf(arguments);
        folders = List.copyOf(folders);
        for (String name : environment.keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("An environment variable cannot be named \"" + name
                        + "\": the name must not be empty nor hold = or NUL.");
            }
        }
    }

    /** No variables, no arguments, no configuration, no folders; lines are discarded; the machine's clocks and randomness. */
    public static WasiConfig nothing() {
        return NOTHING;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with this configuration. */
    public Builder change() {
        Builder builder = new Builder()
                .environment(environment)
                .arguments(arguments)
                .configuration(configuration)
                .stdio(stdio)
                .outgoingHttp(outgoingHttp)
                .sockets(sockets)
                .log(log)
                .clocks(clocks)
                .random(random)
                .limits(limits);
        builder.folders.addAll(folders);
        return builder;
    }

    /** Collects a configuration; not thread-safe. */
    public static final class Builder {
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> configuration = new LinkedHashMap<>();
        private List<String> arguments = List.of();
        private final List<Preopen> folders = new ArrayList<>();
        private Stdio stdio = Stdio.none();
        private NetworkPolicy outgoingHttp = NetworkPolicy.nothing();
        private SocketPolicy sockets = SocketPolicy.nothing();
        private LogSink log = LogSink.discarding();
        private WasiClocks clocks = WasiClocks.system();
        private RandomSource random = RandomSource.secure();
        private WasiLimits limits = WasiLimits.defaults();

        private Builder() {}

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        public Builder configuration(Map<String, String> values) {
            configuration.putAll(values);
            return this;
        }

        public Builder arguments(List<String> values) {
            arguments = values;
            return this;
        }

        /** Gives the guest a folder; several in the order it sees them. */
        public Builder folder(String guestPath, Volume volume) {
            folders.add(new Preopen(guestPath, volume));
            return this;
        }

        public Builder stdio(Stdio streams) {
            stdio = streams;
            return this;
        }

        public Builder outgoingHttp(NetworkPolicy policy) {
            outgoingHttp = policy;
            return this;
        }

        public Builder sockets(SocketPolicy policy) {
            sockets = policy;
            return this;
        }

        public Builder log(LogSink sink) {
            log = sink;
            return this;
        }

        public Builder clocks(WasiClocks source) {
            clocks = source;
            return this;
        }

        public Builder random(RandomSource source) {
            random = source;
            return this;
        }

        public Builder limits(WasiLimits values) {
            limits = values;
            return this;
        }

        public WasiConfig build() {
            return new WasiConfig(
                    environment,
                    arguments,
                    configuration,
                    folders,
                    stdio,
                    outgoingHttp,
                    sockets,
                    log,
                    clocks,
                    random,
                    limits);
        }
    }
}
