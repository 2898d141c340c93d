package dev.warpgrid.component;

/**
 * A core module inside a component.
 *
 * @param minimumMemoryBytes what its own memories start with; imported memories are not counted
 */
public record CoreModuleInfo(String name, int binaryBytes, int imports, int exports, long minimumMemoryBytes) {}
