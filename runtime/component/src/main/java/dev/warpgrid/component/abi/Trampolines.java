package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ResourceType;
import java.util.List;

/** The core functions that canonical definitions make. Immutable, shared by all running instances. */
public final class Trampolines {
    public static final CoreSignature TAKES_HANDLE = new CoreSignature(List.of(CoreValueType.I32), List.of());
    public static final CoreSignature HANDLE_TO_HANDLE =
            new CoreSignature(List.of(CoreValueType.I32), List.of(CoreValueType.I32));

    private Trampolines() {}

    /** {@code canon lower}, synchronous. */
    public static CoreHostFunction lower(FunctionLayout layout, int component, Callee callee, AbiOptions options) {
        return new CoreHostFunction(layout.lowered(), (context, arguments) -> {
            GuestStore store = (GuestStore) context;
            ComponentState caller = store.component(component);
            caller.requireMayLeave();
            CallContext call = new CallContext(store, caller, options);
            Object[] values = layout.liftParameters(call, arguments);
            Object result = callee.call(store, caller, values);
            long lowered = layout.lowerResult(call, result, arguments);
            call.endLends();
            call.end();
            return lowered;
        });
    }

    /** {@code canon resource.new}. */
    public static CoreHostFunction resourceNew(int component, ResourceType type) {
        return new CoreHostFunction(HANDLE_TO_HANDLE, (context, arguments) -> {
            ComponentState owner = ((GuestStore) context).component(component);
            owner.requireMayLeave();
            return Codec.unsigned(owner.handles.add(new Handle(type, (int) arguments[0], null, true, null)));
        });
    }

    /** {@code canon resource.rep}. */
    public static CoreHostFunction resourceRep(int component, ResourceType type) {
        return new CoreHostFunction(HANDLE_TO_HANDLE, (context, arguments) -> {
            Handle handle = ((GuestStore) context).component(component).handles.get((int) arguments[0]);
            requireType(handle, type, (int) arguments[0]);
            return Codec.unsigned(handle.number);
        });
    }

    /** {@code canon resource.drop}. */
    public static CoreHostFunction resourceDrop(int component, ResourceType type) {
        return new CoreHostFunction(TAKES_HANDLE, (context, arguments) -> {
            GuestStore store = (GuestStore) context;
            drop(store, store.component(component), type, (int) arguments[0]);
            return 0;
        });
    }

    private static void drop(GuestStore store, ComponentState caller, ResourceType type, int index) {
        caller.requireMayLeave();
        Handle handle = caller.handles.get(index);
        requireType(handle, type, index);
        if (handle.lends != 0) {
            throw Traps.abi("The guest dropped handle " + index + " of a " + type.name() + " while it was lent.");
        }
        caller.handles.remove(index);
        CallContext scope = handle.scope;
        if (scope != null) {
            scope.borrowDropped();
        } else if (type instanceof HostResourceType host && handle.object != null) {
            HostDrop.run(store, host, handle.object);
        } else {
            Destructor.run(store, caller, type, handle.number);
        }
    }

    private static void requireType(Handle handle, ResourceType type, int index) {
        if (!handle.type.equals(type)) {
            throw Traps.abi("The guest used handle " + Integer.toUnsignedString(index) + " of a " + handle.type.name()
                    + " as a " + type.name() + ".");
        }
    }
}
