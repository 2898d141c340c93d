package dev.warpgrid.component.engine;

import java.util.List;

/** Parameters and results of a core function that takes numbers only. */
public record CoreSignature(List<CoreValueType> parameters, List<CoreValueType> results) {
    public CoreSignature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }
}
