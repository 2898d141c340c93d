package dev.warpgrid.component.abi;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreGlobal;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreMemory;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreStore;
import java.util.Map;

/** A core instance in plain Java: a memory over an array and functions as given. */
record FakeGuest(CoreMemory memory, Map<String, CoreFunction> functions) implements CoreInstance, CoreStore {
    FakeGuest(byte[] memory, Map<String, CoreFunction> functions) {
        this(new ArrayMemory(memory), functions);
    }

    @Override
    public CoreExtern export(String name) {
        return function(name);
    }

    @Override
    public CoreFunction function(String name) {
        CoreFunction found = functions.get(name);
        if (found == null) {
            throw new IllegalArgumentException("No function " + name + ".");
        }
        return found;
    }

    @Override
    public CoreMemory memory(String name) {
        return memory;
    }

    @Override
    public CoreGlobal global(String name) {
        throw new IllegalArgumentException("No global " + name + ".");
    }

    @Override
    public CoreInstance instantiate(CoreModule module, CoreExtern[] imports) {
        return this;
    }

    @Override
    public void enter() {}

    @Override
    public void leave() {}

    @Override
    public void interrupt() {}

    @Override
    public void close() {}

    @SuppressWarnings("ArrayRecordComponent") // Two memories are never compared.
    private record ArrayMemory(byte[] bytes) implements CoreMemory {
        private int inside(long address, int length) {
            if (address < 0 || address + length > bytes.length) {
                throw new TrapException(TrapException.Kind.MEMORY_OUT_OF_BOUNDS, "An access lies outside the memory.");
            }
            return (int) address;
        }

        @Override
        public long byteSize() {
            return bytes.length;
        }

        @Override
        public void read(long address, byte[] target, int offset, int length) {
            System.arraycopy(bytes, inside(address, length), target, offset, length);
        }

        @Override
        public void write(long address, byte[] source, int offset, int length) {
            System.arraycopy(source, offset, bytes, inside(address, length), length);
        }

        @Override
        public int readInt(long address) {
            return Bytes.getInt(bytes, inside(address, Integer.BYTES));
        }

        @Override
        public void writeInt(long address, int value) {
            Bytes.putInt(bytes, inside(address, Integer.BYTES), value);
        }

        @Override
        public void writeLong(long address, long value) {
            Bytes.putLong(bytes, inside(address, Long.BYTES), value);
        }
    }
}
