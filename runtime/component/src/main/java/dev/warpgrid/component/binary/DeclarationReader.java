package dev.warpgrid.component.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what components and types have in common: names, sorts, aliases, extern types and core types. */
final class DeclarationReader {
    private static final int IMPLEMENTS = 0;
    private static final int VERSION_SUFFIX = 1;

    private DeclarationReader() {}

    /** A name with its attributes (Binary.md, nameattributes). */
    static ExternLabel label(ByteReader in) {
        int form = in.u8();
        if (form > 2) {
            throw in.malformed("0x" + Integer.toHexString(form) + " is no form of a name");
        }
        String name = in.name();
        return form == 2 ? attributes(in, name) : new ExternLabel(name, null, false);
    }

    private static ExternLabel attributes(ByteReader in, String name) {
        int count = in.count();
        int seen = 0;
        String implemented = null;
        for (int i = 0; i < count; i++) {
            int kind = in.u8();
            if (kind > 2) {
                throw in.malformed("0x" + Integer.toHexString(kind) + " is no attribute of a name");
            }
            if ((seen & 1 << kind) != 0) {
                throw in.malformed("A name carries the same attribute twice");
            }
            seen |= 1 << kind;
            String value = in.name();
            if (kind == IMPLEMENTS) {
                implemented = value;
            } else if (kind == VERSION_SUFFIX && !NameRules.completesVersion(name, value)) {
                throw in.malformed("The version suffix \"" + value + "\" does not complete the version of " + name);
            }
        }
        return new ExternLabel(name, implemented, (seen & 1 << VERSION_SUFFIX) != 0);
    }

    static Sort sort(ByteReader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> coreSort(in);
            case 1 -> Sort.FUNCTION;
            case 2 -> Sort.VALUE;
            case 3 -> Sort.TYPE;
            case 4 -> Sort.COMPONENT;
            case 5 -> Sort.INSTANCE;
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no sort");
        };
    }

    static Sort coreSort(ByteReader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> Sort.CORE_FUNCTION;
            case 1 -> Sort.CORE_TABLE;
            case 2 -> Sort.CORE_MEMORY;
            case 3 -> Sort.CORE_GLOBAL;
            case 4 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no core sort");
        };
    }

    static Definition alias(ByteReader in, ReaderScope scope) {
        int at = in.position();
        Sort sort = sort(in);
        int target = in.u8();
        return switch (target) {
            case 0 -> new Definition.AliasExport(sort, in.index(), in.name(), at);
            case 1 -> new Definition.AliasCoreExport(sort, in.index(), in.name(), at);
            case 2 -> outer(in, scope, sort, at);
            default -> throw in.malformed("0x" + Integer.toHexString(target) + " is no target of an alias");
        };
    }

    private static Definition outer(ByteReader in, ReaderScope scope, Sort sort, int at) {
        if (sort != Sort.TYPE && sort != Sort.CORE_TYPE && sort != Sort.CORE_MODULE && sort != Sort.COMPONENT) {
            throw in.malformed("An outer alias cannot name a " + sort);
        }
        Definition.AliasOuter alias = new Definition.AliasOuter(sort, in.index(), in.index(), at);
        if (sort == Sort.CORE_TYPE) {
            scope.outer(in, alias.count(), alias.index());
        }
        return alias;
    }

    static ExternSyntax extern(ByteReader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> {
                in.expect(0x11, "the sort core module");
                yield new ExternSyntax.Module(in.index());
            }
            case 1 -> new ExternSyntax.Function(in.index());
            case 2 -> {
                if (in.u8() == 0) {
                    in.index();
                } else {
                    TypeReader.ref(in);
                }
                yield new ExternSyntax.Value();
            }
            case 3 -> bound(in);
            case 4 -> new ExternSyntax.Component(in.index());
            case 5 -> new ExternSyntax.Instance(in.index());
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no extern type");
        };
    }

    private static ExternSyntax bound(ByteReader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> new ExternSyntax.TypeEqual(in.index());
            case 1 -> new ExternSyntax.SubResource();
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no bound of a type");
        };
    }

    /** The declarations of a component type or, without imports, of an instance type. */
    static List<Definition> declarations(ByteReader in, ReaderScope outer, boolean imports) {
        ReaderScope scope = outer.nested(in);
        int count = in.count();
        List<Definition> declarations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Definition declaration = declaration(in, scope, imports);
            scope.count(in, declaration);
            declarations.add(declaration);
        }
        return List.copyOf(declarations);
    }

    private static Definition declaration(ByteReader in, ReaderScope scope, boolean imports) {
        int at = in.position();
        int code = in.u8();
        return switch (code) {
            case 0 -> new Definition.CoreTypeDefinition(coreType(in, scope), at);
            case 1 -> new Definition.Type(TypeReader.type(in, scope), at);
            case 2 -> alias(in, scope);
            case 3 -> {
                if (!imports) {
                    throw in.malformed("An instance type declares an import");
                }
                yield importOf(in, at);
            }
            case 4 -> {
                ExternLabel label = label(in);
                ExternSyntax type = extern(in);
                yield new Definition.ExportDeclaration(label.of(type.sort(), in), type, at);
            }
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no declaration of a type");
        };
    }

    static Definition.Import importOf(ByteReader in, int at) {
        ExternLabel label = label(in);
        ExternSyntax type = extern(in);
        return new Definition.Import(label.of(type.sort(), in), type, at);
    }

    static CoreTypeSyntax coreType(ByteReader in, ReaderScope scope) {
        if (in.peek() != 0x50) {
            if (in.peek() == 0) {
                return openType(in);
            }
            return new CoreTypeSyntax.Function(CoreTypeReader.function(in));
        }
        in.u8();
        List<CoreType.Function> types = new ArrayList<>();
        List<CoreModuleBinary.Import> imports = new ArrayList<>();
        Map<String, CoreType> exports = new LinkedHashMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            int code = in.u8();
            switch (code) {
                case 0 -> addImport(in, imports, types);
                case 1 -> types.add(CoreTypeReader.function(in));
                case 2 -> types.add(aliasedType(in, scope));
                case 3 -> {
                    if (exports.put(in.name(), CoreTypeReader.extern(in, types)) != null) {
                        throw in.malformed("A module type exports a name twice");
                    }
                }
                default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no declaration of a module type");
            }
        }
        return new CoreTypeSyntax.Module(List.copyOf(imports), exports);
    }

    /** A function type that others may refine; what refines one, and what is no function, is refused by name. */
    private static CoreTypeSyntax openType(ByteReader in) {
        in.u8();
        in.expect(0x50, "a subtype that is not final");
        if (in.count() != 0) {
            throw in.malformed("Types that refine others (garbage collection) are not supported");
        }
        return new CoreTypeSyntax.OpenFunction(CoreTypeReader.function(in));
    }

    private static void addImport(ByteReader in, List<CoreModuleBinary.Import> imports, List<CoreType.Function> types) {
        String module = in.name();
        String name = in.name();
        if (imports.stream()
                .anyMatch(each -> each.module().equals(module) && each.name().equals(name))) {
            throw in.malformed("A module type imports " + module + " " + name + " twice");
        }
        imports.add(new CoreModuleBinary.Import(module, name, CoreTypeReader.extern(in, types)));
    }

    private static CoreType.Function aliasedType(ByteReader in, ReaderScope scope) {
        in.expect(0x10, "the sort core type");
        in.expect(0x01, "an outer alias");
        int count = in.index();
        int index = in.index();
        if (count == 0) {
            throw in.malformed("A module type aliases itself");
        }
        return switch (scope.outer(in, count - 1, index)) {
            case CoreTypeSyntax.Function aliased -> aliased.function();
            case CoreTypeSyntax.OpenFunction _ ->
                throw in.malformed("A module type aliases a type that is not final (garbage collection)");
            case CoreTypeSyntax.Module _ -> throw in.malformed("A module type aliases another module type");
        };
    }
}
