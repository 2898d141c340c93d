package dev.warpgrid.component.abi;

import dev.warpgrid.component.binary.CanonOptions.StringEncoding;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreMemory;
import dev.warpgrid.component.types.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call across the edge of a component: the memory its values lie in, the handles lent for its time and what it may
 * still make the host allocate (CanonicalABI.md, "Lifting and Lowering Context").
 */
final class CallContext {
    final GuestStore store;
    final ComponentState component;
    private final AbiOptions options;
    private @Nullable CoreMemory memory;
    private @Nullable CoreFunction realloc;
    private @Nullable List<Handle> lenders;
    private @Nullable List<GuestHandle> borrowed;
    private int borrows;
    private long charged;

    CallContext(GuestStore store, ComponentState component, AbiOptions options) {
        this.store = store;
        this.component = component;
        this.options = options;
    }

    StringEncoding encoding() {
        return options.encoding();
    }

    /** Counts what a lifted value takes on the host's heap. */
    void charge(long bytes) {
        charged += bytes;
        store.charge(bytes);
    }

    /** Ends the call: its values are the receiver's business now. */
    void end() {
        store.discharge(charged);
    }

    CoreMemory memory() {
        CoreMemory found = memory;
        if (found == null) {
            CoreRef ref = options.memory();
            if (ref == null) {
                throw Traps.abi("A canonical function needs a memory and names none.");
            }
            found = store.memory(ref);
            memory = found;
        }
        return found;
    }

    byte[] read(int pointer, int length, int alignment) {
        requireAligned(pointer, alignment);
        byte[] block = new byte[length];
        memory().read(Integer.toUnsignedLong(pointer), block, 0, length);
        return block;
    }

    void write(int pointer, byte[] block) {
        memory().write(Integer.toUnsignedLong(pointer), block, 0, block.length);
    }

    /** Asks the guest for memory by its realloc function. */
    int allocate(int alignment, int bytes) {
        CoreFunction function = realloc;
        if (function == null) {
            CoreRef ref = options.realloc();
            if (ref == null) {
                throw Traps.abi("A canonical function needs realloc and names none.");
            }
            function = store.function(ref);
            realloc = function;
        }
        component.mayLeave(false);
        int pointer = (int) function.call(0, 0, alignment, bytes);
        component.mayLeave(true);
        requireAligned(pointer, alignment);
        requireInside(pointer, bytes);
        return pointer;
    }

    void requireAligned(int pointer, int alignment) {
        if ((pointer & alignment - 1) != 0) {
            throw Traps.abi("The guest gave the pointer 0x" + Integer.toHexString(pointer)
                    + ", which is not aligned to " + alignment + " bytes.");
        }
    }

    void requireInside(int pointer, int bytes) {
        if (Integer.toUnsignedLong(pointer) + bytes > memory().byteSize()) {
            throw Traps.abi("The guest gave the pointer 0x" + Integer.toHexString(pointer) + " to " + bytes
                    + " bytes, which lie outside its memory.");
        }
    }

    private Handle handle(ResourceType type, int index) {
        Handle handle = component.handles.get(index);
        if (!handle.type.equals(type)) {
            throw Traps.abi(
                    "The guest used handle " + index + " of a " + handle.type.name() + " as a " + type.name() + ".");
        }
        return handle;
    }

    Object liftOwn(ResourceType type, int index) {
        Handle handle = handle(type, index);
        if (handle.lends != 0) {
            throw Traps.abi("The guest gave away handle " + index + " of a " + type.name() + " while it was lent.");
        }
        if (!handle.own) {
            throw Traps.abi(
                    "The guest gave away handle " + index + " of a " + type.name() + ", which it only borrows.");
        }
        component.handles.remove(index);
        if (handle.object != null) {
            store.depart(handle);
        }
        return handle.object != null ? handle.object : new GuestHandle(store, type, handle.number, true);
    }

    Object liftBorrow(ResourceType type, int index) {
        Handle handle = handle(type, index);
        handle.lends++;
        if (lenders == null) {
            lenders = new ArrayList<>(2);
        }
        lenders.add(handle);
        return handle.object != null ? handle.object : borrowed(type, handle.number);
    }

    private GuestHandle borrowed(ResourceType type, int number) {
        GuestHandle handle = new GuestHandle(store, type, number, false);
        if (borrowed == null) {
            borrowed = new ArrayList<>(2);
        }
        borrowed.add(handle);
        return handle;
    }

    int lowerOwn(ResourceType type, Object value) {
        if (type instanceof HostResourceType host) {
            int index = component.handles.add(new Handle(type, 0, hostObject(host, value), true, null));
            store.arrive(value);
            return index;
        }
        return component.handles.add(new Handle(type, guestHandle(type, value).give(), null, true, null));
    }

    int lowerBorrow(ResourceType type, Object value) {
        if (type instanceof HostResourceType host) {
            borrows++;
            return component.handles.add(new Handle(type, 0, hostObject(host, value), false, this));
        }
        int number = guestHandle(type, value).lend();
        if (type instanceof GuestResourceType guest && store.component(guest.component()) == component) {
            return number;
        }
        borrows++;
        return component.handles.add(new Handle(type, number, null, false, this));
    }

    private static Object hostObject(HostResourceType type, Object value) {
        if (!type.javaType().isInstance(value)) {
            throw Traps.hostValue("resource " + type.name(), value);
        }
        return value;
    }

    private GuestHandle guestHandle(ResourceType type, Object value) {
        if (value instanceof GuestHandle handle && handle.type().equals(type) && handle.store() == store) {
            return handle;
        }
        throw Traps.hostValue("resource " + type.name(), value);
    }

    void borrowDropped() {
        borrows--;
    }

    /** Ends a call into the component: every borrow it was given must be dropped. */
    void requireBorrowsDropped() {
        if (borrows > 0) {
            throw Traps.abi("The guest returned while it still held " + borrows + " borrowed handles of the call.");
        }
    }

    /** Ends a call out of the component: what it lent is its own again. */
    void endLends() {
        if (lenders != null) {
            for (Handle handle : lenders) {
                handle.lends--;
            }
        }
        if (borrowed != null) {
            borrowed.forEach(GuestHandle::expire);
        }
    }
}
