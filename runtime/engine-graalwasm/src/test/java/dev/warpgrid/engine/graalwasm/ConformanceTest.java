package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.conformance.ConformanceSuite;
import dev.warpgrid.component.engine.CoreEngine;
import java.util.Set;

class ConformanceTest extends ConformanceSuite {
    @Override
    protected CoreEngine engine() {
        return SharedEngine.ENGINE;
    }

    @Override
    protected String engineName() {
        return "graalwasm";
    }

    /** GraalWasm has no exception handling. */
    @Override
    protected Set<String> beyondEngine() {
        return Set.of("linking/tags");
    }
}
