package dev.warpgrid.component.abi;

import dev.warpgrid.component.GuestResource;
import dev.warpgrid.component.types.ResourceType;

/** A resource of a guest on its way between components or in the hands of the host. */
final class GuestHandle implements GuestResource {
    private final GuestStore store;
    private final ResourceType type;
    private final int number;
    private final boolean own;
    private boolean live = true;

    GuestHandle(GuestStore store, ResourceType type, int number, boolean own) {
        this.store = store;
        this.type = type;
        this.number = number;
        this.own = own;
    }

    ResourceType type() {
        return type;
    }

    GuestStore store() {
        return store;
    }

    @Override
    public String typeName() {
        return type.name();
    }

    @Override
    public boolean owned() {
        return own && live;
    }

    /** Passes ownership on. */
    int give() {
        if (!owned()) {
            throw Traps.abi("A " + type.name() + " was given away that its holder does not own any more.");
        }
        live = false;
        return number;
    }

    int lend() {
        if (!live) {
            throw Traps.abi("A " + type.name() + " was lent after its time.");
        }
        return number;
    }

    /** Ends a borrow with the call that brought it. */
    void expire() {
        live = false;
    }

    @Override
    public void close() {
        if (owned()) {
            live = false;
            store.dropFromHost(type, number);
        }
    }
}
