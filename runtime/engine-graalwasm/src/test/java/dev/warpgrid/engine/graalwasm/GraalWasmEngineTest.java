package dev.warpgrid.engine.graalwasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreEngineContract;
import org.junit.jupiter.api.Test;

class GraalWasmEngineTest extends CoreEngineContract {
    @Override
    protected CoreEngine engine() {
        return SharedEngine.ENGINE;
    }

    @Test
    void compilesHotCodeOnThisJvm() {
        assertThat(engine().info().compiled()).isTrue();
        assertThat(engine().info().implementation()).contains("GraalVM");
        assertThat(engine().info().name()).startsWith("GraalWasm");
    }
}
