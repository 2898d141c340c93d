package dev.warpgrid.component.binary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One definition of a component, or declaration of a component or instance type; most add to an index space. */
public sealed interface Definition {
    /** Where it begins in the binary, in bytes. */
    int offset();

    /** A name given to an entry of an index space. */
    record Item(String name, Sort sort, int index) {}

    record CoreModule(CoreModuleBinary module, int offset) implements Definition {}

    /** Instantiates a core module; arguments are core instances by module name. */
    record CoreInstantiate(int module, List<Item> arguments, int offset) implements Definition {}

    record CoreBundle(List<Item> exports, int offset) implements Definition {}

    record CoreTypeDefinition(CoreTypeSyntax type, int offset) implements Definition {}

    record Nested(ComponentBinary component, int offset) implements Definition {}

    record Instantiate(int component, List<Item> arguments, int offset) implements Definition {}

    record Bundle(List<Item> exports, int offset) implements Definition {}

    record AliasExport(Sort sort, int instance, String name, int offset) implements Definition {}

    record AliasCoreExport(Sort sort, int instance, String name, int offset) implements Definition {}

    record AliasOuter(Sort sort, int count, int index, int offset) implements Definition {}

    record Type(TypeSyntax type, int offset) implements Definition {}

    record Lift(int coreFunction, CanonOptions options, int type, int offset) implements Definition {}

    record Lower(int function, CanonOptions options, int offset) implements Definition {}

    record ResourceNew(int type, int offset) implements Definition {}

    record ResourceDrop(int type, int offset) implements Definition {}

    record ResourceRep(int type, int offset) implements Definition {}

    /** A canonical function this host does not run, by the specification's name for it; type -1 when it names none. */
    record UnsupportedCanon(String name, int type, int offset) implements Definition {}

    record Start(int offset) implements Definition {}

    record Import(String name, ExternSyntax type, int offset) implements Definition {}

    /** An export of a component, with the type it is ascribed, if any. */
    record Export(Item item, @Nullable ExternSyntax type, int offset) implements Definition {}

    /** An export that a component or instance type declares. */
    record ExportDeclaration(String name, ExternSyntax type, int offset) implements Definition {}
}
