package dev.warpgrid.component.abi;

import org.jspecify.annotations.Nullable;

/** A core function as a component function (CanonicalABI.md, {@code canon lift}, synchronous). */
public final class LiftedFunction implements Callee {
    private final FunctionLayout layout;
    private final int component;
    private final CoreRef function;
    private final AbiOptions options;

    /**
     * Made while linking.
     *
     * @param component the index of the component instance that lifts
     */
    public LiftedFunction(FunctionLayout layout, int component, CoreRef function, AbiOptions options) {
        this.layout = layout;
        this.component = component;
        this.function = function;
        this.options = options;
    }

    public int parameterCount() {
        return layout.parameterCount();
    }

    @Override
    public @Nullable Object call(GuestStore store, @Nullable ComponentState caller, Object[] arguments) {
        ComponentState callee = store.component(component);
        callee.enterFrom(caller);
        store.descend();
        CallContext context = new CallContext(store, callee, options);
        long[] flat = layout.lowerParameters(context, arguments);
        long value = store.function(function).call(flat);
        Object result = layout.liftResult(context, value);
        context.requireBorrowsDropped();
        CoreRef postReturn = options.postReturn();
        if (postReturn != null) {
            callee.mayLeave(false);
            if (layout.lifted().results().isEmpty()) {
                store.function(postReturn).call();
            } else {
                store.function(postReturn).call(value);
            }
            callee.mayLeave(true);
        }
        context.end();
        store.ascend();
        callee.leaveTo(caller);
        return result;
    }
}
