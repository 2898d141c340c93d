package dev.warpgrid.model;

/** The engine an agent runs guests on, for example {@code GraalWasm}, {@code 25.0.2}, compiled. */
public record EngineFacts(String name, String version, boolean compiled) {}
