package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.p2.cli.CliInterfaces;
import dev.warpgrid.wasi.p2.clocks.ClockInterfaces;
import dev.warpgrid.wasi.p2.config.ConfigStoreInterface;
import dev.warpgrid.wasi.p2.filesystem.FilesystemInterfaces;
import dev.warpgrid.wasi.p2.io.IoInterfaces;
import dev.warpgrid.wasi.p2.logging.LoggingInterface;
import dev.warpgrid.wasi.p2.random.RandomInterfaces;
import dev.warpgrid.wasi.p2.sockets.SocketInterfaces;
import java.util.List;
import java.util.stream.Stream;

/**
 * A component that answers HTTP requests, linked to the host interfaces on one engine. Made once for a revision;
 * instances are made from it. Immutable and thread-safe.
 */
public final class HttpComponent implements HttpProgram {
    static final String HANDLER = "wasi:http/incoming-handler";

    // One set of interfaces serves every instance of every component in the process.
    private static final List<HostInterface<InstanceState>> PROVIDED = Stream.of(
                    IoInterfaces.all(),
                    CliInterfaces.all(),
                    ClockInterfaces.all(),
                    RandomInterfaces.all(),
                    HttpInterfaces.all(),
                    FilesystemInterfaces.all(),
                    SocketInterfaces.all(),
                    List.of(LoggingInterface.build(), ConfigStoreInterface.build()))
            .flatMap(List::stream)
            .toList();

    private final LinkedComponent<InstanceState> linked;

    private HttpComponent(LinkedComponent<InstanceState> linked) {
        this.linked = linked;
    }

    /**
     * Links a component.
     *
     * @throws LinkException when it imports what no node gives, or does not export {@code wasi:http/incoming-handler} 0.2
     */
    public static HttpComponent link(CoreEngine engine, Component component, InstanceLimits limits) {
        Linker<InstanceState> linker = new Linker<>(engine);
        PROVIDED.forEach(linker::provide);
        LinkedComponent<InstanceState> linked = linker.link(component, limits);
        if (!linked.exports(HANDLER + "@0.2.0")) {
            linked.close();
            throw new LinkException("The component does not export " + HANDLER
                    + " in version 0.2, so it cannot answer HTTP requests; build it for the wasi:http/proxy world.");
        }
        return new HttpComponent(linked);
    }

    /** Every interface of this host, for a linker. */
    public static List<HostInterface<InstanceState>> provided() {
        return PROVIDED;
    }

    /** The interfaces that a node can give, as {@code wasi:http/types@0.2.12}. */
    public static List<String> providedInterfaces() {
        return PROVIDED.stream().map(HostInterface::toString).toList();
    }

    @Override
    public HttpInstance instantiate(WasiConfig config) {
        InstanceState state = new InstanceState(config);
        return new ComponentHttpInstance(linked.instantiate(state), state);
    }

    @Override
    public void close() {
        linked.close();
    }
}
