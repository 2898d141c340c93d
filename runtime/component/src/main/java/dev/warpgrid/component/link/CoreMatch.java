package dev.warpgrid.component.link;

import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.binary.CoreTypeSyntax;
import java.util.List;

/** Whether one core extern may stand where another is wanted (core specification, "Import Matching"). */
final class CoreMatch {
    /** The type of a function that a definition makes which this host does not run: it fits everywhere. */
    static final CoreType.Function ANY = new CoreType.Function(List.of(0), List.of(0));

    private CoreMatch() {}

    static boolean fits(CoreType given, CoreType wanted) {
        return switch (wanted) {
            case CoreType.Function function -> given.equals(ANY) || given.equals(function);
            case CoreType.Memory memory ->
                given instanceof CoreType.Memory actual
                        && actual.shared() == memory.shared()
                        && actual.wide() == memory.wide()
                        && within(
                                actual.minimumPages(),
                                actual.maximumPages(),
                                memory.minimumPages(),
                                memory.maximumPages());
            case CoreType.Table table ->
                given instanceof CoreType.Table actual
                        && actual.element() == table.element()
                        && actual.wide() == table.wide()
                        && within(actual.minimum(), actual.maximum(), table.minimum(), table.maximum());
            case CoreType.Global global -> given.equals(global);
            case CoreType.Tag tag -> given.equals(tag);
        };
    }

    private static boolean within(long minimum, long maximum, long wantedMinimum, long wantedMaximum) {
        return minimum >= wantedMinimum && (wantedMaximum < 0 || (maximum >= 0 && maximum <= wantedMaximum));
    }

    static void requireModule(String name, Entity.Module given, CoreTypeSyntax.Module wanted, int offset) {
        wanted.exports().forEach((export, type) -> {
            CoreType actual = given.exports().get(export);
            if (actual == null || !fits(actual, type)) {
                throw new MalformedComponentException(
                        "The core module given as " + name + " has no export " + export + " of the type wanted",
                        offset);
            }
        });
        for (CoreModuleBinary.Import each : given.imports()) {
            boolean met = wanted.imports().stream()
                    .anyMatch(promised -> promised.module().equals(each.module())
                            && promised.name().equals(each.name())
                            && fits(promised.type(), each.type()));
            if (!met) {
                throw new MalformedComponentException(
                        "The core module given as " + name + " imports " + each.module() + " " + each.name()
                                + ", which its type does not name",
                        offset);
            }
        }
    }
}
