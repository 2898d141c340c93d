package dev.warpgrid.component.engine;

/**
 * What runs core modules here.
 *
 * @param name           of the engine with its version
 * @param implementation what it says of itself, as "GraalVM CE" or "Interpreted"
 * @param compiled       whether hot guest code becomes machine code; an interpreter is 60 to 360 times slower
 */
public record EngineInfo(String name, String implementation, boolean compiled) {}
