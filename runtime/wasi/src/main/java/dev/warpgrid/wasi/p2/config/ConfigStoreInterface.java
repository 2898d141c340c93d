package dev.warpgrid.wasi.p2.config;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import java.util.ArrayList;
import java.util.List;

/** {@code wasi:config/store}: what the workload's configuration holds; reading it never fails. */
public final class ConfigStoreInterface {
    private ConfigStoreInterface() {}

    public static HostInterface<InstanceState> build() {
        return HostInterface.<InstanceState>named("wasi:config/store", "0.2.0-rc.1")
                .function("get", (state, in) -> {
                    String value = state.config().configuration().get((String) in[0]);
                    return Variant.ok(value == null ? Variant.none() : Variant.some(value));
                })
                .function("get-all", (state, in) -> {
                    List<Object> pairs = new ArrayList<>();
                    state.config().configuration().forEach((name, value) -> pairs.add(new Object[] {name, value}));
                    return Variant.ok(pairs);
                })
                .build();
    }
}
