package dev.warpgrid.component.abi;

import dev.warpgrid.component.types.ResourceType;
import org.jspecify.annotations.Nullable;

/** Ends a guest's resource in the component that defines it. */
final class Destructor {
    private Destructor() {}

    static void run(GuestStore store, @Nullable ComponentState caller, ResourceType type, int number) {
        if (!(type instanceof GuestResourceType guest)) {
            return;
        }
        ComponentState owner = store.component(guest.component());
        owner.enterFrom(caller);
        CoreRef destructor = guest.destructor();
        if (destructor != null) {
            store.descend();
            store.function(destructor).call(Integer.toUnsignedLong(number));
            store.ascend();
        }
        owner.leaveTo(caller);
    }
}
