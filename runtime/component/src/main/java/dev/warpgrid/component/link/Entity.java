package dev.warpgrid.component.link;

import dev.warpgrid.component.abi.Callee;
import dev.warpgrid.component.binary.ComponentBinary;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.binary.CoreTypeSyntax;
import dev.warpgrid.component.binary.Definition;
import dev.warpgrid.component.binary.Sort;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.ValueType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of an index space, resolved. */
sealed interface Entity {
    Sort sort();

    /** A function, memory, table, global or tag of a core instance. */
    record Core(CoreType type, CoreSource source) implements Entity {
        @Override
        public Sort sort() {
            return switch (type) {
                case CoreType.Function function -> Sort.CORE_FUNCTION;
                case CoreType.Table table -> Sort.CORE_TABLE;
                case CoreType.Memory memory -> Sort.CORE_MEMORY;
                case CoreType.Global global -> Sort.CORE_GLOBAL;
                case CoreType.Tag tag -> Sort.CORE_TAG;
            };
        }
    }

    record CoreTypeEntry(CoreTypeSyntax type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.CORE_TYPE;
        }
    }

    /** A core module; without a binary when it is only known by its type. */
    record Module(
            @Nullable CoreModuleBinary binary, List<CoreModuleBinary.Import> imports, Map<String, CoreType> exports)
            implements Entity {
        @Override
        public Sort sort() {
            return Sort.CORE_MODULE;
        }
    }

    /** Core externs by name: an instance (slot not negative) or a bundle of what others export. */
    record CoreInstance(int slot, Map<String, CoreType> types, Map<String, Entity> bundle) implements Entity {
        @Override
        public Sort sort() {
            return Sort.CORE_INSTANCE;
        }

        @Nullable
        Entity export(String name) {
            if (slot < 0) {
                return bundle.get(name);
            }
            CoreType type = types.get(name);
            return type == null ? null : new Core(type, new CoreSource.Exported(slot, name));
        }
    }

    /** A function; without a callee when it is only known by its type. */
    record Function(
            FunctionType type, Shape shape, @Nullable Callee callee) implements Entity {
        @Override
        public Sort sort() {
            return Sort.FUNCTION;
        }
    }

    /** Whatever the type space holds. */
    sealed interface Type extends Entity {
        @Override
        default Sort sort() {
            return Sort.TYPE;
        }

        /** The same type as an import or export makes it known under another name. */
        default Type renamed() {
            return switch (this) {
                case ValueOf(ValueType type, Shape shape) -> new ValueOf(type, shape.renamed());
                case FunctionOf(FunctionType type, Shape shape) -> new FunctionOf(type, shape.renamed());
                case ResourceOf(ResourceType type, Shape shape) -> new ResourceOf(type, shape.renamed());
                case ComponentOf component -> component;
                case InstanceOf instance -> instance;
            };
        }

        /** Whether it holds a handle of a resource type, or is one. */
        default boolean mentionsResource() {
            return switch (this) {
                case ValueOf value -> value.type().handles();
                case FunctionOf function -> function.type().handles();
                case ResourceOf _ -> true;
                case ComponentOf component -> component.resources();
                case InstanceOf instance -> instance.resources();
            };
        }
    }

    record ValueOf(ValueType type, Shape shape) implements Type {}

    record FunctionOf(FunctionType type, Shape shape) implements Type {}

    record ResourceOf(ResourceType type, Shape shape) implements Type {}

    /**
     * A component type.
     *
     * @param scope     that its outer aliases reach into
     * @param resources whether it refers to a resource type outside of it
     */
    record ComponentOf(List<Definition> declarations, Scope scope, boolean resources) implements Type {}

    /** An instance type; its components are those of {@link ComponentOf}. */
    record InstanceOf(List<Definition> declarations, Scope scope, boolean resources) implements Type {}

    /** A component with the scope around it; without a binary when it is only known by its type. */
    record Component(
            @Nullable ComponentBinary binary,
            Scope scope,
            @Nullable ComponentOf type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.COMPONENT;
        }
    }

    record Instance(Map<String, Entity> exports) implements Entity {
        @Override
        public Sort sort() {
            return Sort.INSTANCE;
        }
    }
}
