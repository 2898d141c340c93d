package dev.warpgrid.component.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a component function. Equality compares labels, and value types by identity, which interning makes theirs. */
public record FunctionType(
        boolean async,
        List<String> labels,
        List<ValueType> parameters,
        @Nullable ValueType result) {
    public FunctionType {
        labels = List.copyOf(labels);
        parameters = List.copyOf(parameters);
    }

    /** Whether a parameter or the result holds an own or a borrow. */
    public boolean handles() {
        return parameters.stream().anyMatch(ValueType::handles) || (result != null && result.handles());
    }
}
