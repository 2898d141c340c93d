package dev.warpgrid.component.link;

import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.abi.AbiOptions;
import dev.warpgrid.component.abi.Callee;
import dev.warpgrid.component.abi.CodecTable;
import dev.warpgrid.component.abi.CoreRef;
import dev.warpgrid.component.abi.FunctionLayout;
import dev.warpgrid.component.abi.GuestResourceType;
import dev.warpgrid.component.abi.LiftedFunction;
import dev.warpgrid.component.abi.Trampolines;
import dev.warpgrid.component.binary.CanonOptions;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.binary.Definition;
import dev.warpgrid.component.binary.Sort;
import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.TypeTable;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves canonical definitions and makes their plans (CanonicalABI.md, "Canonical Definitions"). */
final class CanonResolver {
    private static final CoreType REALLOC = CoreType.Function.of(new CoreSignature(
            List.of(CoreValueType.I32, CoreValueType.I32, CoreValueType.I32, CoreValueType.I32),
            List.of(CoreValueType.I32)));

    private final CodecTable codecs;
    private final @Nullable List<String> unsupported;

    /**
     * Makes a resolver.
     *
     * @param unsupported collects what this host does not run; null when a component is only checked, which allows it
     */
    CanonResolver(TypeTable types, @Nullable List<String> unsupported) {
        this.codecs = new CodecTable(types);
        this.unsupported = unsupported;
    }

    Entity lift(Definition.Lift lift, Scope scope, PlanBuilder plan) {
        int offset = lift.offset();
        Entity.Core core = scope.get(Entity.Core.class, Sort.CORE_FUNCTION, lift.coreFunction(), offset);
        Entity.FunctionOf lifted = scope.get(Entity.FunctionOf.class, Sort.TYPE, lift.type(), offset);
        FunctionType type = lifted.type();
        CanonOptions options = lift.options();
        requireOptionIndexes(options, scope, offset);
        requireAsyncType(type, options, offset);
        if (refused("lift", type, options)) {
            return new Entity.Function(type, lifted.shape(), null);
        }
        FunctionLayout layout = codecs.layout(type);
        require(core.type(), layout.lifted(), "The lifted core function", offset);
        AbiOptions resolved = options(options, layout.needsMemory(), layout.liftNeedsRealloc(), scope, plan, offset);
        if (options.postReturn() >= 0) {
            Entity.Core postReturn = scope.get(Entity.Core.class, Sort.CORE_FUNCTION, options.postReturn(), offset);
            CoreSignature wanted = new CoreSignature(layout.lifted().results(), List.of());
            require(postReturn.type(), wanted, "The post-return function", offset);
        }
        return new Entity.Function(
                type, lifted.shape(), new LiftedFunction(layout, scope.component(), plan.ref(core.source()), resolved));
    }

    Entity lower(Definition.Lower lower, Scope scope, PlanBuilder plan) {
        int offset = lower.offset();
        Entity.Function function = scope.get(Entity.Function.class, Sort.FUNCTION, lower.function(), offset);
        FunctionType type = function.type();
        CanonOptions options = lower.options();
        requireOptionIndexes(options, scope, offset);
        requireAsyncType(type, options, offset);
        if (options.postReturn() >= 0 || options.callback() >= 0) {
            throw new MalformedComponentException("A lowered function has a post-return or a callback", offset);
        }
        if (refused("lower", type, options)) {
            return new Entity.Core(CoreMatch.ANY, new CoreSource.Unbound());
        }
        FunctionLayout layout = codecs.layout(type);
        AbiOptions resolved = options(options, layout.needsMemory(), layout.lowerNeedsRealloc(), scope, plan, offset);
        Callee callee = function.callee();
        CoreSource source = callee == null
                ? new CoreSource.Unbound()
                : new CoreSource.Host(Trampolines.lower(layout, scope.component(), callee, resolved));
        return new Entity.Core(CoreType.Function.of(layout.lowered()), source);
    }

    private static void requireAsyncType(FunctionType type, CanonOptions options, int offset) {
        if (options.async() && !type.async()) {
            throw new MalformedComponentException(
                    "The async option of a canonical function requires an async function type", offset);
        }
    }

    private boolean refused(String what, FunctionType type, CanonOptions options) {
        String reason =
                options.async() || options.callback() >= 0 ? "async" : type.async() ? "an async function" : null;
        for (ValueType parameter : type.parameters()) {
            reason = reason == null ? parameter.unsupported() : reason;
        }
        ValueType result = type.result();
        reason = reason == null && result != null ? result.unsupported() : reason;
        if (reason == null) {
            return false;
        }
        refuse("canon " + what + " of " + reason);
        return true;
    }

    private void refuse(String name) {
        if (unsupported != null && !unsupported.contains(name)) {
            unsupported.add(name);
        }
    }

    private static void require(CoreType given, CoreSignature wanted, String what, int offset) {
        CoreType.Function function = CoreType.Function.of(wanted);
        if (!CoreMatch.fits(given, function)) {
            throw new MalformedComponentException(
                    what + " is a " + given.describe() + " and its type wants " + function.describe(), offset);
        }
    }

    private static void requireOptionIndexes(CanonOptions options, Scope scope, int offset) {
        if (options.memory() >= 0) {
            scope.get(Sort.CORE_MEMORY, options.memory(), offset);
        }
        for (int function : new int[] {options.realloc(), options.postReturn(), options.callback()}) {
            if (function >= 0) {
                scope.get(Sort.CORE_FUNCTION, function, offset);
            }
        }
        if (options.callback() >= 0 && !options.async()) {
            throw new MalformedComponentException("A canonical function names a callback and is not async", offset);
        }
        if (options.realloc() >= 0 && options.memory() < 0) {
            throw new MalformedComponentException("A canonical function names realloc and no memory", offset);
        }
    }

    private static AbiOptions options(
            CanonOptions options, boolean memory, boolean realloc, Scope scope, PlanBuilder plan, int offset) {
        if (memory && options.memory() < 0) {
            throw new MalformedComponentException(
                    "A canonical function passes values through memory and names none", offset);
        }
        if (realloc && options.realloc() < 0) {
            throw new MalformedComponentException("A canonical function must allocate and names no realloc", offset);
        }
        return new AbiOptions(
                options.encoding(),
                options.memory() < 0 ? null : memory(options.memory(), scope, plan, offset),
                options.realloc() < 0 ? null : function(options.realloc(), REALLOC, scope, plan, offset),
                options.postReturn() < 0 ? null : function(options.postReturn(), null, scope, plan, offset));
    }

    private static CoreRef memory(int index, Scope scope, PlanBuilder plan, int offset) {
        Entity.Core found = scope.get(Entity.Core.class, Sort.CORE_MEMORY, index, offset);
        if (!(found.type() instanceof CoreType.Memory memory) || memory.wide() || memory.shared()) {
            throw new MalformedComponentException(
                    "A canonical function names a memory that is 64-bit or shared, which is not supported", offset);
        }
        return plan.ref(found.source());
    }

    private static CoreRef function(int index, @Nullable CoreType wanted, Scope scope, PlanBuilder plan, int offset) {
        Entity.Core found = scope.get(Entity.Core.class, Sort.CORE_FUNCTION, index, offset);
        if (wanted != null && !CoreMatch.fits(found.type(), wanted)) {
            throw new MalformedComponentException(
                    "The realloc function is a " + found.type().describe() + " and must be " + wanted.describe(),
                    offset);
        }
        return plan.ref(found.source());
    }

    Entity resourceNew(Definition.ResourceNew made, Scope scope) {
        GuestResourceType type = own(made.type(), scope, made.offset());
        return core(Trampolines.resourceNew(scope.component(), type));
    }

    Entity resourceRep(Definition.ResourceRep rep, Scope scope) {
        GuestResourceType type = own(rep.type(), scope, rep.offset());
        return core(Trampolines.resourceRep(scope.component(), type));
    }

    Entity resourceDrop(Definition.ResourceDrop drop, Scope scope) {
        ResourceType type = scope.get(Entity.ResourceOf.class, Sort.TYPE, drop.type(), drop.offset())
                .type();
        return core(Trampolines.resourceDrop(scope.component(), type));
    }

    Entity unsupported(Definition.UnsupportedCanon definition, Scope scope) {
        if (definition.type() >= 0) {
            Kind wanted = definition.name().startsWith("stream.") ? Kind.STREAM : Kind.FUTURE;
            Entity.ValueOf given = scope.get(Entity.ValueOf.class, Sort.TYPE, definition.type(), definition.offset());
            if (given.type().kind() != wanted) {
                throw new MalformedComponentException(
                        "The type that canon " + definition.name() + " names is another one", definition.offset());
            }
        }
        refuse("canon " + definition.name());
        return new Entity.Core(AsyncBuiltins.type(definition.name()), new CoreSource.Unbound());
    }

    private static GuestResourceType own(int index, Scope scope, int offset) {
        ResourceType type =
                scope.get(Entity.ResourceOf.class, Sort.TYPE, index, offset).type();
        if (type instanceof GuestResourceType guest && guest.component() == scope.component()) {
            return guest;
        }
        throw new MalformedComponentException("The resource type " + index + " is not this component's own", offset);
    }

    private static Entity core(CoreHostFunction function) {
        return new Entity.Core(CoreType.Function.of(function.signature()), new CoreSource.Host(function));
    }
}
