package dev.warpgrid.component.binary;

/** The type of an import or export as it stands in a component: {@code externtype} of the binary format. */
public sealed interface ExternSyntax {
    record Module(int type) implements ExternSyntax {}

    record Function(int type) implements ExternSyntax {}

    record Value() implements ExternSyntax {}

    record TypeEqual(int type) implements ExternSyntax {}

    record SubResource() implements ExternSyntax {}

    record Component(int type) implements ExternSyntax {}

    record Instance(int type) implements ExternSyntax {}

    default Sort sort() {
        return switch (this) {
            case Module module -> Sort.CORE_MODULE;
            case Function function -> Sort.FUNCTION;
            case Value value -> Sort.VALUE;
            case TypeEqual equal -> Sort.TYPE;
            case SubResource resource -> Sort.TYPE;
            case Component component -> Sort.COMPONENT;
            case Instance instance -> Sort.INSTANCE;
        };
    }
}
