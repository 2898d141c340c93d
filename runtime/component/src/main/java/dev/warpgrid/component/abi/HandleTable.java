package dev.warpgrid.component.abi;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The handles of one component instance. Index 0 is never used; freed indexes are used again, the last one first. */
final class HandleTable {
    private static final int INITIAL = 8;
    private static final @Nullable Handle[] EMPTY = new Handle[0];

    private final Budget budget;
    private @Nullable Handle[] entries = EMPTY;
    private int[] free = {};
    private int freeCount;
    private int end = 1;

    HandleTable(Budget budget) {
        this.budget = budget;
    }

    /** How many handles all tables of an instance may hold together. */
    static final class Budget {
        private final int limit;
        private int used;

        Budget(int limit) {
            this.limit = limit;
        }

        private void take() {
            if (used == limit) {
                throw new TrapException(
                        Kind.LIMIT, "The guest holds " + limit + " handles, which is the limit named handles.");
            }
            used++;
        }
    }

    int add(Handle handle) {
        budget.take();
        if (freeCount > 0) {
            int index = free[--freeCount];
            entries[index] = handle;
            return index;
        }
        if (end >= entries.length) {
            entries = Arrays.copyOf(entries, Math.max(INITIAL, entries.length * 2));
        }
        entries[end] = handle;
        return end++;
    }

    Handle get(int index) {
        Handle handle = index > 0 && index < end ? entries[index] : null;
        if (handle == null) {
            throw Traps.abi("The guest used handle " + Integer.toUnsignedString(index) + ", which it does not have.");
        }
        return handle;
    }

    void remove(int index) {
        entries[index] = null;
        budget.used--;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(INITIAL, free.length * 2));
        }
        free[freeCount++] = index;
    }

    /** Gives every entry to an action and empties the table. */
    void drain(java.util.function.Consumer<Handle> action) {
        for (int i = 1; i < end; i++) {
            Handle handle = entries[i];
            entries[i] = null;
            if (handle != null) {
                budget.used--;
                action.accept(handle);
            }
        }
        entries = EMPTY;
        freeCount = 0;
        end = 1;
    }
}
