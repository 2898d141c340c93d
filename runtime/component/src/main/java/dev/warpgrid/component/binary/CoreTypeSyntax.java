package dev.warpgrid.component.binary;

import java.util.List;
import java.util.Map;

/** A core type that a component defines. */
public sealed interface CoreTypeSyntax {
    record Function(CoreType.Function function) implements CoreTypeSyntax {}

    /** A function type that is not final, which nothing here can be an instance of. */
    record OpenFunction(CoreType.Function function) implements CoreTypeSyntax {}

    record Module(List<CoreModuleBinary.Import> imports, Map<String, CoreType> exports) implements CoreTypeSyntax {}
}
