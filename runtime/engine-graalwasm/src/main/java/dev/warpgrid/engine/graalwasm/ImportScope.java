package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreHostFunction;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** The imports of one instantiation by module name: looks names up in what the module shares, values in an array. */
final class ImportScope implements ProxyObject {
    private final GraalWasmModule module;
    private final CoreExtern[] imports;
    private final Object hostContext;

    ImportScope(GraalWasmModule module, CoreExtern[] imports, Object hostContext) {
        this.module = module;
        this.imports = imports;
        this.hostContext = hostContext;
    }

    @Override
    public @Nullable Object getMember(String key) {
        Map<String, Integer> names = module.imports().get(key);
        return names == null ? null : new Names(names);
    }

    @Override
    public Object getMemberKeys() {
        return module.imports().keySet().toArray();
    }

    @Override
    public boolean hasMember(String key) {
        return module.imports().containsKey(key);
    }

    @Override
    public void putMember(String key, Value value) {
        throw new UnsupportedOperationException("Imports cannot be changed.");
    }

    private Object value(CoreExtern extern) {
        return extern instanceof CoreHostFunction function
                ? HostCalls.executable(function, hostContext)
                : ((GraalWasmExtern) extern).value();
    }

    /** The imports of one module name. */
    private final class Names implements ProxyObject {
        private final Map<String, Integer> names;

        Names(Map<String, Integer> names) {
            this.names = names;
        }

        @Override
        public @Nullable Object getMember(String key) {
            Integer index = names.get(key);
            return index == null ? null : value(imports[index]);
        }

        @Override
        public Object getMemberKeys() {
            return names.keySet().toArray();
        }

        @Override
        public boolean hasMember(String key) {
            return names.containsKey(key);
        }

        @Override
        public void putMember(String key, Value value) {
            throw new UnsupportedOperationException("Imports cannot be changed.");
        }
    }
}
