package dev.warpgrid.engine.endive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreEngineContract;
import org.junit.jupiter.api.Test;

class EndiveEngineTest extends CoreEngineContract {
    private static final EndiveEngine ENGINE = EndiveEngine.create();

    @Override
    protected CoreEngine engine() {
        return ENGINE;
    }

    @Test
    void compilesWithoutFlagsOfTheJvm() {
        assertThat(engine().info().compiled()).isTrue();
        assertThat(engine().info().name()).startsWith("Endive");
    }
}
