package dev.warpgrid.wasi.http;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.cli.CliInterfaces;
import dev.warpgrid.wasi.p2.clocks.ClockInterfaces;
import dev.warpgrid.wasi.p2.io.IoInterfaces;
import dev.warpgrid.wasi.p2.random.RandomInterfaces;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the host's functions as a guest would, without a guest. */
final class HostCalls {
    private static final List<HostInterface<InstanceState>> INTERFACES = Stream.of(
                    IoInterfaces.all(),
                    CliInterfaces.all(),
                    ClockInterfaces.all(),
                    RandomInterfaces.all(),
                    HttpInterfaces.all())
            .flatMap(List::stream)
            .toList();

    private final InstanceState state;

    HostCalls(WasiConfig config) {
        this.state = new InstanceState(config);
    }

    InstanceState state() {
        return state;
    }

    @Nullable
    Object call(String function, Object... arguments) {
        return INTERFACES.stream()
                .map(each -> each.functions().get(function))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The host has no function " + function + "."))
                .call(state, arguments);
    }

    Variant variant(String function, Object... arguments) {
        return (Variant) value(function, arguments);
    }

    Object value(String function, Object... arguments) {
        return Objects.requireNonNull(call(function, arguments));
    }

    /** The request as a guest gets it, in an exchange whose response nobody looks at. */
    static IncomingRequest incoming(HttpRequest request) {
        return new IncomingRequest(new Exchange(request, WindowSink.unbounded()));
    }

    /** The payload of an ok or a some. */
    Object payload(String function, Object... arguments) {
        return variant(function, arguments).payload();
    }

    void drop(Object resource) {
        WasiResource.drop(state, resource);
    }
}
