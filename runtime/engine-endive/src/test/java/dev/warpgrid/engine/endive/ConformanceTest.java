package dev.warpgrid.engine.endive;

import dev.warpgrid.component.conformance.ConformanceSuite;
import dev.warpgrid.component.engine.CoreEngine;
import java.util.Map;
import java.util.Set;

class ConformanceTest extends ConformanceSuite {
    private static final EndiveEngine ENGINE = EndiveEngine.create();

    @Override
    protected CoreEngine engine() {
        return ENGINE;
    }

    @Override
    protected String engineName() {
        return "endive";
    }

    @Override
    protected Set<String> beyondEngine() {
        return Set.of();
    }

    @Override
    protected Map<String, Failing> engineDefects() {
        Failing indirect = new Failing(
                1, "Endive 1.0.0 compares type indexes of two modules when a table holds a function of the other");
        return Map.of(
                "linking/tags", new Failing(1, "Endive 1.0.0 takes the tags of two instances of a module for one"),
                "resources/borrows", indirect,
                "resources/multiple-resources", indirect);
    }
}
