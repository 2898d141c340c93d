package dev.warpgrid.component.abi;

import org.jspecify.annotations.Nullable;

/** What one component instance holds while it runs (CanonicalABI.md, "Component Instance State"). */
public final class ComponentState {
    final HandleTable handles;
    private final @Nullable ComponentState parent;
    private boolean mayLeave = true;
    private boolean mayEnter = true;

    ComponentState(@Nullable ComponentState parent, HandleTable.Budget budget) {
        this.parent = parent;
        this.handles = new HandleTable(budget);
    }

    void requireMayLeave() {
        if (!mayLeave) {
            throw Traps.abi("The guest called out while it was being called to allocate or clean up.");
        }
    }

    void mayLeave(boolean allowed) {
        mayLeave = allowed;
    }

    /** Marks this instance and its ancestors as entered, up to those the caller is in already. */
    void enterFrom(@Nullable ComponentState caller) {
        for (ComponentState each = this; each != null && !each.holds(caller); each = each.parent) {
            if (!each.mayEnter) {
                throw Traps.abi("A component was called again while a call into it was still running.");
            }
        }
        mark(caller, false);
    }

    void leaveTo(@Nullable ComponentState caller) {
        mark(caller, true);
    }

    private void mark(@Nullable ComponentState caller, boolean allowed) {
        for (ComponentState each = this; each != null && !each.holds(caller); each = each.parent) {
            each.mayEnter = allowed;
        }
    }

    private boolean holds(@Nullable ComponentState inner) {
        for (ComponentState each = inner; each != null; each = each.parent) {
            if (each == this) {
                return true;
            }
        }
        return false;
    }
}
