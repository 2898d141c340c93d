package dev.warpgrid.component.engine;

/** An instantiated core module. */
public interface CoreInstance {
    /**
     * An export by its name; asking twice may answer two objects for the same thing.
     *
     * @throws IllegalArgumentException when there is none
     */
    CoreExtern export(String name);

    CoreFunction function(String name);

    CoreMemory memory(String name);

    CoreGlobal global(String name);
}
