package dev.warpgrid.component;

import dev.warpgrid.component.binary.ComponentBinary;
import dev.warpgrid.component.binary.ComponentReader;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import dev.warpgrid.component.binary.Definition;
import dev.warpgrid.component.binary.Sort;
import dev.warpgrid.component.link.Plans;
import java.util.ArrayList;
import java.util.List;

/** What a component is: decoded and validated, without an engine and without I/O. Immutable. */
public final class Component {
    private final ComponentBinary binary;
    private final ComponentLimits limits;
    private final int bytes;
    private final long minimumMemoryBytes;

    private Component(ComponentBinary binary, ComponentLimits limits, int bytes, long minimumMemoryBytes) {
        this.binary = binary;
        this.limits = limits;
        this.bytes = bytes;
        this.minimumMemoryBytes = minimumMemoryBytes;
    }

    public static Component parse(byte[] binary) {
        return parse(binary, ComponentLimits.defaults());
    }

    /**
     * Reads a component. Parts of the async extension are read and allowed here; linking refuses them by their name.
     *
     * @throws MalformedComponentException when the bytes are not a valid component; nothing else is thrown for bad bytes
     */
    public static Component parse(byte[] binary, ComponentLimits limits) {
        if (binary.length > limits.binaryBytes()) {
            throw new MalformedComponentException("The component is larger than " + limits.binaryBytes() + " bytes", 0);
        }
        ComponentBinary read = ComponentReader.read(binary.clone(), limits);
        long pages = Plans.check(read, limits).minimumMemoryPages();
        return new Component(read, limits, binary.length, CoreModuleRewriter.bytes(pages));
    }

    /** Top-level imports in their order. */
    public List<ExternName> imports() {
        List<ExternName> names = new ArrayList<>();
        for (Definition definition : binary.definitions()) {
            if (definition instanceof Definition.Import given) {
                names.add(ExternName.parse(given.name(), kind(given.type().sort())));
            }
        }
        return List.copyOf(names);
    }

    /** Top-level exports in their order. */
    public List<ExternName> exports() {
        List<ExternName> names = new ArrayList<>();
        for (Definition definition : binary.definitions()) {
            if (definition instanceof Definition.Export export) {
                names.add(ExternName.parse(
                        export.item().name(), kind(export.item().sort())));
            }
        }
        return List.copyOf(names);
    }

    private static ExternKind kind(Sort sort) {
        return switch (sort) {
            case CORE_MODULE -> ExternKind.CORE_MODULE;
            case FUNCTION -> ExternKind.FUNCTION;
            case VALUE -> ExternKind.VALUE;
            case TYPE -> ExternKind.TYPE;
            case COMPONENT -> ExternKind.COMPONENT;
            case INSTANCE -> ExternKind.INSTANCE;
            case CORE_FUNCTION, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new IllegalStateException("A checked component neither imports nor exports a " + sort + ".");
        };
    }

    /**
     * Imports and exports as WIT: a world named root, then each interface in its package. For people to read; a tool that
     * reads WIT takes it too, unless the component imports or exports a core module or a component.
     */
    public String wit() {
        return Plans.wit(binary, limits);
    }

    /** The core modules, nested ones too, in the order of the binary. */
    public List<CoreModuleInfo> modules() {
        List<CoreModuleInfo> modules = new ArrayList<>();
        for (CoreModuleBinary module : coreModules()) {
            modules.add(new CoreModuleInfo(
                    "module-" + modules.size(),
                    module.length(),
                    module.imports().size(),
                    module.exports().size(),
                    CoreModuleRewriter.bytes(module.minimumMemoryPages())));
        }
        return List.copyOf(modules);
    }

    List<CoreModuleBinary> coreModules() {
        List<CoreModuleBinary> modules = new ArrayList<>();
        collect(binary, modules);
        return modules;
    }

    private static void collect(ComponentBinary component, List<CoreModuleBinary> modules) {
        for (Definition definition : component.definitions()) {
            if (definition instanceof Definition.CoreModule core) {
                modules.add(core.module());
            } else if (definition instanceof Definition.Nested nested) {
                collect(nested.component(), modules);
            }
        }
    }

    /** The sum of what the memories of all core instances start with. */
    public long minimumMemoryBytes() {
        return minimumMemoryBytes;
    }

    public int binaryBytes() {
        return bytes;
    }

    ComponentBinary binary() {
        return binary;
    }

    ComponentLimits limits() {
        return limits;
    }
}
